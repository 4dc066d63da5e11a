using System.Xml.Linq;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Samples.FileReceiver;

/// <summary>One operation of the contract: request from XML, what is done, result or fault to XML.</summary>
sealed class Operation<TRequest, TResult>(
    BatchOperation<TRequest, TResult> operation, Func<TRequest, OperationContext, CancellationToken, ValueTask<TResult>> carryOut)
    : IOperationHandler
    where TRequest : class
    where TResult : class
{
    public XName Request { get; } = XName.Get(operation.Request.Name, operation.Request.Namespace);

    public async ValueTask<OperationReply> HandleAsync(OperationContext context, CancellationToken ct)
    {
        try
        {
            var result = await carryOut(Read(context), context, ct);
            return OperationReply.Body(writer => operation.WriteResult(writer, result));
        }
        catch (FileException e)
        {
            // Whatever else is thrown becomes a fault without this detail, after which the gateway does not know what was done, and asks.
            var side = e.TheirFault ? SoapFaultCode.Sender : SoapFaultCode.Receiver;
            var fault = new ReceiverFault(e.Code, e.Message);
            return OperationReply.Fault(new SoapFault(side, e.Message) { Detail = writer => ReceiverFaultXml.Write(writer, fault) });
        }
    }

    TRequest Read(OperationContext context)
    {
        using var reader = context.Request.ReadBody();
        var request = operation.ReadRequest(reader, TimeZoneInfo.Local);
        return request.Succeeded ? request.Value : throw new FileException(request.Refusal.Code, $"{request.Refusal}", theirFault: true);
    }
}
