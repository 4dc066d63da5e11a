using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Simulation.Plants;

/// <summary>The planted bug <see cref="Plant.ForgetInDoubt"/>: a commit that was not answered counts as one that was not sent.</summary>
sealed class ForgetfulPeer(IPeer inner) : IPeer
{
    public ValueTask<PeerAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        inner.OpenTransferAsync(request, cancellationToken);

    public ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, ChunkContent content, CancellationToken cancellationToken) =>
        inner.PutChunkAsync(request, content, cancellationToken);

    public async ValueTask<PeerAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken)
    {
        var answer = await inner.CommitTransferAsync(request, cancellationToken);
        return answer.Outcome == PeerOutcome.InDoubt ? answer with { Outcome = PeerOutcome.NotSent } : answer;
    }

    public ValueTask<PeerAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        inner.GetTransferStatusAsync(request, cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken) =>
        inner.GetReceiptsAsync(request, cancellationToken);

    public ValueTask<PeerAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken) =>
        inner.CancelTransferAsync(request, cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsSinceAsync(
        GetReceiptsSinceRequest request, CancellationToken cancellationToken) =>
        inner.GetReceiptsSinceAsync(request, cancellationToken);
}
