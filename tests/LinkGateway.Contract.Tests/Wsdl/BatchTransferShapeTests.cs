using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wsdl;

/// <summary>The batch contract, which gateways serve.</summary>
public sealed class BatchTransferShapeTests() : ContractShapeTests(
    "batch-transfer", "batch-types.xsd", "BatchFault", BatchNames.Namespace,
    [
        "SubmitFile", "OpenTransfer", "PutChunk", "CommitTransfer", "GetTransferStatus", "ListInbox", "FetchFile", "FetchChunk",
        "ConfirmReceipt", "GetReceipts", "GetReceiptsSince", "CancelTransfer",
    ],
    ["SubmitFile input", "PutChunk input", "FetchFile output", "FetchChunk output"])
{
    protected override IEnumerable<string> OfOneTransfer =>
        ["SubmitFile", "OpenTransfer", "PutChunk", "CommitTransfer", "GetTransferStatus", "GetReceipts", "CancelTransfer"];

    protected override IEnumerable<string> InCode => typeof(BatchOperations).GetProperties().Select(property => property.Name);
}
