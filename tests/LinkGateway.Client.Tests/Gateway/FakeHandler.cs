using System.Xml.Linq;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Client.Gateway;

/// <summary>One operation of the fake gateway.</summary>
sealed class FakeHandler<TRequest, TResult>(
    BatchOperation<TRequest, TResult> operation, Func<TRequest, OperationContext, CancellationToken, Task<Outcome<TResult>>> handle)
    : IOperationHandler
    where TRequest : class
    where TResult : class
{
    public XName Request => XName.Get(operation.Request.Name, operation.Request.Namespace);

    public async ValueTask<OperationReply> HandleAsync(OperationContext context, CancellationToken ct)
    {
        using var reader = context.Request.ReadBody();
        var request = operation.ReadRequest(reader, TimeZoneInfo.Utc);
        var result = request.Succeeded ? await handle(request.Value, context, ct) : request.Refusal;
        return result.Succeeded
            ? OperationReply.Body(writer => operation.WriteResult(writer, result.Value))
            : Fault(result.Refusal);
    }

    static OperationReply Fault(Refusal refusal)
    {
        var side = refusal.Side == FaultSide.Sender ? SoapFaultCode.Sender : SoapFaultCode.Receiver;
        var detail = BatchFault.From(refusal, japanese: false);
        var fault = new SoapFault(side, detail.Text) { Detail = writer => BatchFaultXml.Write(writer, detail) };
        return OperationReply.Fault(fault, refusal.RetryAfter);
    }
}
