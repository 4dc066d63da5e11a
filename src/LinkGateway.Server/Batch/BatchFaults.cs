using System.Diagnostics;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Faults;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Server.Batch;

/// <summary>Turns refusals and exceptions into SOAP faults with the typed detail <c>batchFault</c>, and counts them. Thread-safe.</summary>
/// <param name="metrics">The counters.</param>
/// <param name="logger">Where what must not be told to callers goes.</param>
public sealed class BatchFaults(GatewayMetrics metrics, ILogger<BatchFaults> logger) : IFaultMapper
{
    /// <inheritdoc/>
    public SoapFault Map(Exception exception) => exception switch
    {
        SoapFaultException known => known.Fault,
        SoapFormatException { Error: SoapFormatError.VersionMismatch or SoapFormatError.MustUnderstand } format =>
            For(FormatRefusals.Of(format)) with { Code = format.Fault.Code, NotUnderstood = format.NotUnderstood },
        _ => For(RefusalOf(exception)),
    };

    /// <summary>The refusal that tells the caller of an exception; what is not the sender's doing is logged.</summary>
    public Refusal RefusalOf(Exception exception)
    {
        switch (exception)
        {
            case SoapFormatException or MimeFormatException:
                return FormatRefusals.Of(exception);
            case UploadException upload:
                return upload.Refusal;
            default:
                var reference = Activity.Current?.TraceId.ToHexString() ?? ActivityTraceId.CreateRandom().ToHexString();
                logger.RequestFailed(exception, reference);
                return new Refusal(ErrorCatalogue.Internal, reference);
        }
    }

    /// <summary>The fault that tells of a refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="japanese">The language of its text.</param>
    public SoapFault For(Refusal refusal, bool japanese = false)
    {
        metrics.Refused(refusal.Error);
        var detail = BatchFault.From(refusal, japanese);
        var code = refusal.Side == FaultSide.Sender ? SoapFaultCode.Sender : SoapFaultCode.Receiver;
        return new SoapFault(code, $"{detail.Code}: {detail.Text}")
        {
            Language = japanese ? "ja" : "en",
            Detail = writer => BatchFaultXml.Write(writer, detail),
        };
    }
}
