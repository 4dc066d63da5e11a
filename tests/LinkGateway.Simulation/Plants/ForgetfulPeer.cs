using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Simulation.Plants;

/// <summary>
/// The planted bug <see cref="Plant.ForgetInDoubt"/>: a commit without an answer counts as not sent, and whatever is said of that delivery
/// from then on is said of a new one.
/// </summary>
sealed class ForgetfulPeer(IPeer inner) : IPeer
{
    readonly Dictionary<(string?, string?), int> _forgotten = [];

    public ValueTask<PeerAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        inner.OpenTransferAsync(request with { Transfer = Anew(request.Transfer) }, cancellationToken);

    public ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, ChunkContent content, CancellationToken cancellationToken) =>
        inner.PutChunkAsync(request with { Transfer = Anew(request.Transfer) }, content, cancellationToken);

    public async ValueTask<PeerAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken)
    {
        var answer = await inner.CommitTransferAsync(request with { Transfer = Anew(request.Transfer) }, cancellationToken);
        if (answer.Outcome != PeerOutcome.InDoubt) return answer;
        var key = (request.Transfer.TransferId, request.Transfer.Receiver);
        _forgotten[key] = _forgotten.GetValueOrDefault(key) + 1;
        return answer with { Outcome = PeerOutcome.NotSent };
    }

    public ValueTask<PeerAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        inner.GetTransferStatusAsync(request with { Transfer = Anew(request.Transfer) }, cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken) =>
        inner.GetReceiptsAsync(request with { Transfer = Anew(request.Transfer) }, cancellationToken);

    public ValueTask<PeerAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken) =>
        inner.CancelTransferAsync(request with { Transfer = Anew(request.Transfer) }, cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsSinceAsync(
        GetReceiptsSinceRequest request, CancellationToken cancellationToken) => inner.GetReceiptsSinceAsync(request, cancellationToken);

    TransferReference Anew(TransferReference reference) =>
        reference with { Replay = reference.Replay + _forgotten.GetValueOrDefault((reference.TransferId, reference.Receiver)) };
}
