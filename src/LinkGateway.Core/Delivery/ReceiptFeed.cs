using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>The receipts of one peer: fetched in order, verified, entered with what they prove and the cursor in one commit.</summary>
sealed class ReceiptFeed(CoreServices services, GatewayDestination destination, IPeerFactory peers, IDeliveryEvents events)
{
    const int BatchSize = 200;
    const int WaitSeconds = 20;
    const int MaxConflicts = 10;

    static readonly RetryPolicy BackOff = new(int.MaxValue, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    // A peer that answers "nothing" without waiting must not be asked in a tight loop.
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await FetchAsync(cancellationToken) is { } trouble)
                {
                    events.ReceiptsTroubled(destination.Id, trouble);
                    failures++;
                }
                else
                {
                    failures = 0;
                    if (services.Health.Reached(destination.Id, services.Now)) services.DeliveriesChanged.Pulse();
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, the receipts of this peer are fetched again: nothing else would ever ask for them.
                events.ReceiptsTroubled(destination.Id, e.Message);
                failures++;
            }

            var pause = failures == 0 ? Breath : BackOff.Delay(failures, services.Random.NextFraction());
            await services.Scheduler.DelayAsync(pause, cancellationToken);
        }
    }

    /// <summary>Fetches and enters one batch.</summary>
    /// <returns>Null, or why nothing could be fetched.</returns>
    async ValueTask<string?> FetchAsync(CancellationToken cancellationToken)
    {
        var cursor = await services.Journal.PeerCursorAsync(destination.Id, cancellationToken);
        var request = new GetReceiptsSinceRequest { Cursor = cursor, Max = BatchSize, WaitSeconds = WaitSeconds };
        var answer = await peers.PeerOf(destination).GetReceiptsSinceAsync(request, cancellationToken);
        if (!answer.Answered) return $"{answer.Outcome}: {answer.Code} {answer.Text}";
        if (answer.Value.Receipts.Count == 0 || answer.Value.Cursor is null) return null;
        for (var conflicts = 0; ; conflicts++)
        {
            try
            {
                await EnterAsync(answer.Value.Receipts, answer.Value.Cursor, cancellationToken);
                return null;
            }
            catch (JournalConflictException) when (conflicts < MaxConflicts)
            {
                // A delivery has moved meanwhile: look again what its receipt proves.
            }
        }
    }

    async ValueTask EnterAsync(IReadOnlyList<ReceiptEntry> entries, string cursor, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        foreach (var entry in entries) await EnterAsync(batch, entry, cancellationToken);
        batch.PeerCursors.Add((destination.Id, cursor));
        await services.Journal.CommitAsync(batch, cancellationToken);
        if (batch.Receipts.Count > 0) services.ReceiptsChanged.Pulse();
    }

    async ValueTask EnterAsync(JournalBatch batch, ReceiptEntry entry, CancellationToken cancellationToken)
    {
        if (services.Verifier.Verify(entry.ReceiptDocument, out var reason) is not { } content)
        {
            events.ReceiptRefused(destination.Id, entry.ReceiptId, reason);
            return;
        }

        if (await FindAsync(content, cancellationToken) is not var (transfer, delivery))
        {
            events.ReceiptRefused(destination.Id, entry.ReceiptId, "it is of no transfer that was forwarded from here, or of other bytes");
            return;
        }

        batch.Receipts.Add(new ReceiptRecord
        {
            Transfer = transfer.Identity,
            DeliveryId = delivery.DeliveryId,
            SubmittedBy = transfer.SubmittedBy,
            Content = content,
            Document = entry.ReceiptDocument,
        });
        // The answer to the commit tells of the acceptance; what is in doubt is asked by its delivery.
        if (content.Kind == ReceiptKind.Accepted) return;
        var row = batch.Deliveries.LastOrDefault(moved => moved.DeliveryId == delivery.DeliveryId) ?? delivery;
        ReceiptProof.Enter(batch, row, content, services.Now);
    }

    /// <summary>The delivery that the receipt is of, if it names the very bytes that were forwarded.</summary>
    async ValueTask<(TransferRecord Transfer, DeliveryRecord Delivery)?> FindAsync(
        ReceiptContent content, CancellationToken cancellationToken)
    {
        foreach (var receiver in (string[])[content.Receiver, ""])
        {
            var identity = new TransferIdentity(content.Origin, content.TransferId, receiver, receiver.Length == 0 ? 0 : content.Replay);
            if (await services.Journal.FindTransferAsync(identity, cancellationToken) is not { } transfer) continue;
            if (!content.HasManifestOf(transfer) || content.Sha256 != transfer.Sha256 || content.Root != transfer.Root)
                continue;
            foreach (var delivery in await services.Journal.DeliveriesAsync(identity, cancellationToken))
            {
                if (delivery.PayloadId == transfer.PayloadId && delivery.Receiver == content.Receiver && delivery.Replay == content.Replay
                    && MayHaveGoneHere(transfer, delivery))
                    return (transfer, delivery);
            }
        }

        return null;
    }

    // It may have come by another way than the one that it stands at now.
    bool MayHaveGoneHere(TransferRecord transfer, DeliveryRecord delivery) =>
        delivery.DestinationId == destination.Id || delivery.Doubts.Contains(destination.Id)
            || services.Configuration.Current.Routes
                .Resolve(transfer.Manifest.Origin, transfer.Manifest.InterfaceId, delivery.Receiver)?.Names(destination.Id) == true;
}
