using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire.Shapes;

namespace LinkGateway.Contract.Wire;

/// <summary>The operations of the batch contract that are served (DESIGN section 6).</summary>
public static class BatchOperations
{
    /// <summary>Manifest and whole file in one message.</summary>
    public static BatchOperation<SubmitFileRequest, AcceptResult> SubmitFile { get; } =
        new(nameof(SubmitFile), SubmitFileShapes.Request, SubmitFileShapes.Result);

    /// <summary>Opens or takes over a transfer in chunks.</summary>
    public static BatchOperation<OpenTransferRequest, OpenTransferResult> OpenTransfer { get; } =
        new(nameof(OpenTransfer), OpenTransferShapes.Request, OpenTransferShapes.Result);

    /// <summary>One chunk.</summary>
    public static BatchOperation<PutChunkRequest, PutChunkResult> PutChunk { get; } =
        new(nameof(PutChunk), PutChunkShapes.Request, PutChunkShapes.Result);

    /// <summary>Ends a transfer in chunks.</summary>
    public static BatchOperation<CommitTransferRequest, AcceptResult> CommitTransfer { get; } =
        new(nameof(CommitTransfer), CommitTransferShapes.Request, SubmitFileShapes.Result);

    /// <summary>State of a transfer and of its deliveries.</summary>
    public static BatchOperation<GetTransferStatusRequest, TransferStatusResult> GetTransferStatus { get; } =
        new(nameof(GetTransferStatus), GetTransferStatusShapes.Request, GetTransferStatusShapes.Result);

    /// <summary>What waits to be fetched.</summary>
    public static BatchOperation<ListInboxRequest, ListInboxResult> ListInbox { get; } =
        new(nameof(ListInbox), ListInboxShapes.Request, ListInboxShapes.Result);

    /// <summary>Fetches a whole file.</summary>
    public static BatchOperation<FetchFileRequest, FetchResult> FetchFile { get; } =
        new(nameof(FetchFile), FetchShapes.FileRequest, FetchShapes.FileResult);

    /// <summary>Fetches a range of a file.</summary>
    public static BatchOperation<FetchChunkRequest, FetchResult> FetchChunk { get; } =
        new(nameof(FetchChunk), FetchShapes.ChunkRequest, FetchShapes.ChunkResult);

    /// <summary>Tells what became of a fetched file.</summary>
    public static BatchOperation<ConfirmReceiptRequest, ConfirmReceiptResult> ConfirmReceipt { get; } =
        new(nameof(ConfirmReceipt), ConfirmReceiptShapes.Request, ConfirmReceiptShapes.Result);

    /// <summary>All receipts of one transfer.</summary>
    public static BatchOperation<GetReceiptsRequest, ReceiptsResult> GetReceipts { get; } =
        new(nameof(GetReceipts), ReceiptsShapes.Request, ReceiptsShapes.Result);

    /// <summary>New receipts in bulk.</summary>
    public static BatchOperation<GetReceiptsSinceRequest, ReceiptsResult> GetReceiptsSince { get; } =
        new(nameof(GetReceiptsSince), ReceiptsShapes.SinceRequest, ReceiptsShapes.Result);

    /// <summary>Withdraws a transfer.</summary>
    public static BatchOperation<CancelTransferRequest, CancelResult> CancelTransfer { get; } =
        new(nameof(CancelTransfer), CancelTransferShapes.Request, CancelTransferShapes.Result);
}
