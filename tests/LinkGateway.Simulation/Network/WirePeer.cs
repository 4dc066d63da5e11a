using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Network;

/// <summary>Another gateway over the night's network.</summary>
sealed class WirePeer(Host from, Life life, Host target) : IPeer
{
    readonly Wire _wire = from.Night.Wire;

    public ValueTask<PeerAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        _wire.CallAsync(
            life, from.Id, target, $"Open {request.Transfer.TransferId}",
            (there, _, aborted) => there.Transfers.OpenTransferAsync(from.Id, request, aborted), cancellationToken);

    public async ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, ChunkContent content, CancellationToken cancellationToken)
    {
        var bytes = new byte[content.Length];
        for (var length = 0; length < bytes.Length;)
        {
            var read = await content.ReadAsync(length, bytes.AsMemory(length), cancellationToken);
            if (read == 0) break;
            length += read;
        }

        return await _wire.CallAsync(
            life, from.Id, target, $"Put {request.Transfer.TransferId} #{request.Index}",
            (there, fate, aborted) => there.Transfers.PutChunkAsync(
                from.Id, request, new Attachment(there.Life, target.Dice, bytes, fate), aborted),
            cancellationToken);
    }

    public ValueTask<PeerAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        _wire.CallAsync(
            life, from.Id, target, $"Commit {request.Transfer.TransferId}",
            (there, _, aborted) => there.Transfers.CommitTransferAsync(from.Id, request, aborted), cancellationToken);

    public ValueTask<PeerAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        _wire.CallAsync(
            life, from.Id, target, $"Status {request.Transfer.TransferId}",
            (there, _, aborted) => there.Transfers.GetTransferStatusAsync(from.Id, request, aborted), cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken) =>
        _wire.CallAsync(
            life, from.Id, target, $"Receipts {request.Transfer.TransferId}",
            (there, _, aborted) => there.Transfers.GetReceiptsAsync(from.Id, request, aborted), cancellationToken);

    public ValueTask<PeerAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken) =>
        _wire.CallAsync(
            life, from.Id, target, $"Cancel {request.Transfer.TransferId}",
            (there, _, aborted) => there.Transfers.CancelTransferAsync(from.Id, request, aborted), cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsSinceAsync(
        GetReceiptsSinceRequest request, CancellationToken cancellationToken) =>
        _wire.CallAsync(
            life, from.Id, target, "Receipts",
            (there, _, aborted) => there.Transfers.GetReceiptsSinceAsync(from.Id, request, aborted), cancellationToken);
}
