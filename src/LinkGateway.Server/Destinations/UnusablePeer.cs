using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Server.Destinations;

/// <summary>A gateway that cannot be called because its credentials cannot be had: nothing is sent, and every answer says why.</summary>
/// <param name="reason">What is wrong.</param>
sealed class UnusablePeer(string reason) : IPeer
{
    public ValueTask<PeerAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        NotSent<OpenTransferResult>();

    public ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, ChunkContent content, CancellationToken cancellationToken) =>
        NotSent<PutChunkResult>();

    public ValueTask<PeerAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        NotSent<AcceptResult>();

    public ValueTask<PeerAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        NotSent<TransferStatusResult>();

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken) =>
        NotSent<ReceiptsResult>();

    public ValueTask<PeerAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken) =>
        NotSent<CancelResult>();

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsSinceAsync(
        GetReceiptsSinceRequest request, CancellationToken cancellationToken) =>
        NotSent<ReceiptsResult>();

    ValueTask<PeerAnswer<T>> NotSent<T>()
        where T : class => ValueTask.FromResult(new PeerAnswer<T> { Outcome = PeerOutcome.NotSent, Text = reason });
}
