using LinkGateway.Contract.Messages;

namespace LinkGateway.Core.Delivery;

/// <summary>The next gateway, spoken to in batch messages. Adapters only translate; they neither retry nor decide. Thread-safe.</summary>
public interface IPeer
{
    /// <summary>Opens or takes over a transfer there.</summary>
    ValueTask<PeerAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken);

    /// <summary>Sends one chunk; the bytes are read from <paramref name="content"/> while they go out.</summary>
    ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(PutChunkRequest request, ChunkContent content, CancellationToken cancellationToken);

    /// <summary>Commits there.</summary>
    ValueTask<PeerAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken);

    /// <summary>Asks for the state there.</summary>
    ValueTask<PeerAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken);

    /// <summary>Asks for the receipts of one transfer there.</summary>
    ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken);

    /// <summary>Withdraws it there.</summary>
    ValueTask<PeerAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken);

    /// <summary>Asks for new receipts; waits there for the first one as the request says.</summary>
    ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsSinceAsync(GetReceiptsSinceRequest request, CancellationToken cancellationToken);
}
