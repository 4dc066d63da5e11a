using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Removes payloads whose time is over. The journal says so first: after a crash there may be bytes that nobody names, which the next start
/// removes, but never a transfer that claims bytes which are gone.
/// </summary>
/// <remarks>
/// Decisions about a transfer are made one at a time: an operator's release of a failed delivery comes before or after it.
/// </remarks>
/// <param name="services">The ports.</param>
/// <param name="registry">The transfers.</param>
/// <param name="events">Told of what happens.</param>
/// <param name="isStated">Whether what is removed is to be stated.</param>
sealed class PayloadPurge(CoreServices services, TransferRegistry registry, IRetentionEvents events, bool isStated)
{
    static readonly TimeSpan LongestUnseen = TimeSpan.FromDays(1);
    static readonly TimeSpan ShortestUnseen = TimeSpan.FromMinutes(1);

    long _removedBytes;

    /// <summary>Bytes that were removed since this was last forgotten.</summary>
    public long RemovedBytes => Interlocked.Read(ref _removedBytes);

    /// <summary>Begins to count anew.</summary>
    public void ForgetRemovedBytes() => Interlocked.Exchange(ref _removedBytes, 0);

    /// <summary>Looks at some payloads whose time may be over.</summary>
    /// <returns>How many it has looked at; less than <paramref name="limit"/> when these were all.</returns>
    public async ValueTask<int> SweepAsync(int limit, CancellationToken cancellationToken)
    {
        var due = await services.Journal.DuePayloadsAsync(services.Now, limit, cancellationToken);
        foreach (var transfer in due) await LookAsync(transfer.Identity, cancellationToken);
        return due.Count;
    }

    /// <summary>Looks at one payload: removes it, or enters when it is looked at next.</summary>
    public async ValueTask LookAsync(TransferIdentity identity, CancellationToken cancellationToken)
    {
        using var scope = await registry.EnterAsync(identity, cancellationToken);
        if (scope.Transfer.Record is not { PayloadDueAt: { } due } transfer) return;
        var deliveries = await services.Journal.DeliveriesAsync(identity, cancellationToken);
        var history = await services.Journal.EventsAsync(identity, cancellationToken);
        var snapshot = services.Configuration.Current;
        var keeping = Freezes.Over(
            services.Standing, transfer, RetentionRules.Of(transfer, deliveries, history, snapshot));
        if (keeping.Until <= services.Now && await services.Journal.IsReplayPendingAsync(identity, cancellationToken))
            keeping = new Keeping(null, "an ordered replay of it has still to come");
        try
        {
            if (keeping.Until <= services.Now)
            {
                await RemoveAsync(scope.Transfer, transfer, keeping.Rule, cancellationToken);
                return;
            }

            // What is delivered after now is kept at least for the shortest time after now.
            var shortest = RetentionRules.Shortest(transfer, snapshot);
            var unseen = shortest > LongestUnseen ? LongestUnseen : shortest < ShortestUnseen ? ShortestUnseen : shortest;
            var next = keeping.Until ?? services.Now + unseen;

            // A failed delivery may be taken up again at any time, and ends earlier then than it is kept.
            if (deliveries.Any(item => item.State == DeliveryState.Failed) && next > services.Now + unseen) next = services.Now + unseen;
            if (next == due || (due > services.Now && due < next && keeping.Until is null)) return;
            var batch = new JournalBatch();
            var after = transfer with { PayloadDueAt = next, Version = transfer.Version + 1 };
            batch.Transfers.Add(after);
            await scope.Transfer.CommitAsync(services.Journal, batch, after, cancellationToken);
        }
        catch (JournalConflictException)
        {
            // Somebody has decided about it meanwhile: it is looked at again.
        }
    }

    async ValueTask RemoveAsync(LiveTransfer live, TransferRecord transfer, string rule, CancellationToken cancellationToken)
    {
        var now = services.Now;
        var after = transfer with { PayloadDueAt = null, PayloadRemovedAt = now, PayloadRule = rule, Version = transfer.Version + 1 };
        var gateway = services.Configuration.Current.Configuration.Gateway.Id;
        var batch = new JournalBatch();
        batch.Transfers.Add(after);
        batch.EmptiedPayloads.Add(transfer.PayloadId);
        batch.Events.Add(new JournalEvent(
            now, transfer.Identity, null, transfer.State.ToString(), transfer.State.ToString(),
            $"payload removed by {gateway}, {rule}: {transfer.Size} bytes, SHA-256 {transfer.Sha256}"));
        if (isStated)
            batch.Purged.Add(new PurgeEntry(now, "payload", transfer.Identity, null, transfer.Size, transfer.Sha256, rule));
        await live.CommitAsync(services.Journal, batch, after, cancellationToken);
        services.Intake.Remove(transfer);
        Interlocked.Add(ref _removedBytes, transfer.Size ?? 0);
        events.PayloadRemoved(after);
        try
        {
            if (!transfer.Inline) await services.Payloads.DeleteAsync(transfer.PayloadId, cancellationToken);
        }
        catch (StorageException e)
        {
            // Nobody names it any more: the next look at the spool removes it.
            events.Troubled(e);
        }
    }
}
