using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Operations;

/// <summary>The mapping without codes: broken messages are the sender's fault, all else is ours and stays untold. Stateless.</summary>
public sealed class FaultMapper : IFaultMapper
{
    /// <summary>The mapping used where a service sets none.</summary>
    public static FaultMapper Default { get; } = new();

    /// <inheritdoc/>
    public SoapFault Map(Exception exception) => exception switch
    {
        SoapFaultException known => known.Fault,
        SoapFormatException format => format.Fault,
        MimeFormatException mime => new SoapFault(SoapFaultCode.Sender, mime.Message),
        _ => new SoapFault(SoapFaultCode.Receiver, "The message could not be processed because of an internal error."),
    };
}
