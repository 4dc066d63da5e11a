using System.Xml.Linq;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Server.Batch;

/// <summary>An operation that stands in the contract and is not built yet: always LG-1005, so that callers read why.</summary>
/// <param name="name">Name of the operation.</param>
/// <param name="faults">Makes faults.</param>
sealed class UnavailableOperation(string name, BatchFaults faults) : IOperationHandler
{
    public XName Request { get; } = XName.Get(name, BatchNames.Namespace);

    public ValueTask<OperationReply> HandleAsync(OperationContext context, CancellationToken ct)
    {
        var japanese = FaultLanguage.IsJapanese(context.HttpHeaders.GetValueOrDefault("Accept-Language"));
        return ValueTask.FromResult(OperationReply.Fault(faults.For(new Refusal(ErrorCatalogue.OperationUnavailable, name), japanese)));
    }
}
