using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wsdl;

/// <summary>The batch receiver contract, which receiving systems serve.</summary>
public sealed class BatchReceiverShapeTests() : ContractShapeTests(
    "batch-receiver", "batch-receiver-types.xsd", "ReceiverFault", ReceiverNames.Namespace, All, ["SubmitFile input", "PutChunk input"])
{
    static readonly string[] All = ["SubmitFile", "OpenTransfer", "PutChunk", "CommitTransfer", "GetTransferStatus"];

    protected override IEnumerable<string> OfOneTransfer => All;

    protected override IEnumerable<string> InCode => typeof(ReceiverOperations).GetProperties().Select(property => property.Name);
}
