using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire.Shapes;

namespace LinkGateway.Contract.Wire;

/// <summary>
/// The operations of the batch receiver contract: what a receiving system implements to be pushed to (DESIGN section 6). The requests are
/// those of the batch contract, in the namespace of this one.
/// </summary>
public static class ReceiverOperations
{
    /// <summary>Manifest and whole file in one message.</summary>
    public static BatchOperation<SubmitFileRequest, FileResult> SubmitFile { get; } =
        new(nameof(SubmitFile), SubmitFileShapes.Request, FileResultShape.Result, ReceiverNames.Namespace);

    /// <summary>Opens or takes over a transfer in chunks; of a file that is stored already, says so.</summary>
    public static BatchOperation<OpenTransferRequest, FileResult> OpenTransfer { get; } =
        new(nameof(OpenTransfer), OpenTransferShapes.Request, FileResultShape.Result, ReceiverNames.Namespace);

    /// <summary>One chunk.</summary>
    public static BatchOperation<PutChunkRequest, PutChunkResult> PutChunk { get; } =
        new(nameof(PutChunk), PutChunkShapes.Request, PutChunkShapes.Result, ReceiverNames.Namespace);

    /// <summary>Ends a transfer in chunks.</summary>
    public static BatchOperation<CommitTransferRequest, FileResult> CommitTransfer { get; } =
        new(nameof(CommitTransfer), CommitTransferShapes.Request, FileResultShape.Result, ReceiverNames.Namespace);

    /// <summary>What is known of a file.</summary>
    public static BatchOperation<GetTransferStatusRequest, FileResult> GetTransferStatus { get; } =
        new(nameof(GetTransferStatus), GetTransferStatusShapes.Request, FileResultShape.Result, ReceiverNames.Namespace);
}
