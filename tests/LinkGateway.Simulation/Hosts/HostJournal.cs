using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Hosts;

/// <summary>
/// A host's journal as one life sees it: slow or failing as the weather is. What it holds outlives the life; a commit that runs when the
/// life ends has been applied or not.
/// </summary>
sealed class HostJournal(Host host, Life life) : IJournal
{
    public async ValueTask CommitAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        // The wait for a place in the queue; what is queued is applied, whatever is cancelled then.
        await BeforeAsync(cancellationToken);
        await host.CommitAsync(batch);
        await AfterAsync();
        host.Rows.Confirm(batch);
    }

    public async ValueTask ReleaseLeasesAsync(string leaseOwner, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        await host.Journal.ReleaseLeasesAsync(leaseOwner, cancellationToken);
        host.Rows.ReleaseLeases();
        await AfterAsync();
    }

    public ValueTask<TransferRecord?> FindTransferAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        QueryAsync(identity, static (journal, id) => journal.FindTransferAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, CancellationToken cancellationToken) =>
        QueryAsync(payloadId, static (journal, id) => journal.ChunksAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, int first, int last, CancellationToken cancellationToken) =>
        QueryAsync(
            (payloadId, first, last),
            static (journal, range) => journal.ChunksAsync(range.payloadId, range.first, range.last, default),
            cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> InlinePayloadAsync(string payloadId, CancellationToken cancellationToken) =>
        QueryAsync(payloadId, static (journal, id) => journal.InlinePayloadAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        QueryAsync(identity, static (journal, id) => journal.DeliveriesAsync(id, default), cancellationToken);

    public ValueTask<DeliveryRecord?> FindDeliveryAsync(string deliveryId, CancellationToken cancellationToken) =>
        QueryAsync(deliveryId, static (journal, id) => journal.FindDeliveryAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> SetDeliveriesAsync(string setKey, CancellationToken cancellationToken) =>
        QueryAsync(setKey, static (journal, key) => journal.SetDeliveriesAsync(key, default), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> InboxAsync(
        string? receiver, DeliveryRecord? after, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            (receiver, after, limit),
            static (journal, from) => journal.InboxAsync(from.receiver, from.after, from.limit, default),
            cancellationToken);

    public ValueTask<IReadOnlyList<LaneHead>> DueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        QueryAsync(now, static (journal, at) => journal.DueLanesAsync(at, default), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> DueDeliveriesAsync(
        Lane lane, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            (lane, now, limit),
            static (journal, at) => journal.DueDeliveriesAsync(at.lane, at.now, at.limit, default),
            cancellationToken);

    public ValueTask<IReadOnlyList<LaneLoad>> WaitingAsync(CancellationToken cancellationToken) =>
        QueryAsync(0, static (journal, _) => journal.WaitingAsync(default), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> DueJobsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync((now, limit), static (journal, at) => journal.DueJobsAsync(at.now, at.limit, default), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> LeftInFoldersAsync(int limit, CancellationToken cancellationToken) =>
        QueryAsync(limit, static (journal, most) => journal.LeftInFoldersAsync(most, default), cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        QueryAsync(after, static (journal, at) => journal.NextDueAsync(at, default), cancellationToken);

    public ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        QueryAsync(identity, static (journal, id) => journal.ReceiptsAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsSinceAsync(
        string participant, long after, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            (participant, after, limit),
            static (journal, from) => journal.ReceiptsSinceAsync(from.participant, from.after, from.limit, default),
            cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> ExpiredUploadsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync((now, limit), static (journal, at) => journal.ExpiredUploadsAsync(at.now, at.limit, default), cancellationToken);

    public ValueTask<IReadOnlyList<string>> UnknownPayloadsAsync(IReadOnlyList<string> payloadIds, CancellationToken cancellationToken) =>
        QueryAsync(payloadIds, static (journal, ids) => journal.UnknownPayloadsAsync(ids, default), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, DateTimeOffset?>> StraysAsync(
        IReadOnlyList<string> payloadIds, CancellationToken cancellationToken) =>
        QueryAsync(payloadIds, static (journal, ids) => journal.StraysAsync(ids, default), cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> DuePayloadsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync((now, limit), static (journal, at) => journal.DuePayloadsAsync(at.now, at.limit, default), cancellationToken);

    public ValueTask<DateTimeOffset?> NextPayloadDueAsync(CancellationToken cancellationToken) =>
        QueryAsync(0, static (journal, _) => journal.NextPayloadDueAsync(default), cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> KeptPayloadsAsync(
        TransferIdentity? after, int limit, CancellationToken cancellationToken) =>
        QueryAsync((after, limit), static (journal, from) => journal.KeptPayloadsAsync(from.after, from.limit, default), cancellationToken);

    public ValueTask<PayloadTotals> PayloadTotalsAsync(DateTimeOffset by, CancellationToken cancellationToken) =>
        QueryAsync(by, static (journal, at) => journal.PayloadTotalsAsync(at, default), cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> PastTransfersAsync(
        DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        QueryAsync((before, limit), static (journal, at) => journal.PastTransfersAsync(at.before, at.limit, default), cancellationToken);

    public ValueTask<string?> PeerCursorAsync(string destinationId, CancellationToken cancellationToken) =>
        QueryAsync(destinationId, static (journal, id) => journal.PeerCursorAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<JournalEvent>> EventsAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        QueryAsync(identity, static (journal, id) => journal.EventsAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        QueryAsync(query, static (journal, asked) => journal.FindDeliveriesAsync(asked, default), cancellationToken);

    public ValueTask<IReadOnlyDictionary<DeliveryState, long>> CountDeliveriesAsync(CancellationToken cancellationToken) =>
        QueryAsync(0, static (journal, _) => journal.CountDeliveriesAsync(default), cancellationToken);

    public ValueTask<IReadOnlyList<OpenDeliveries>> OpenDeliveriesAsync(CancellationToken cancellationToken) =>
        QueryAsync(0, static (journal, _) => journal.OpenDeliveriesAsync(default), cancellationToken);

    public ValueTask<DateTimeOffset?> FirstAcceptedAsync(
        string origin, string interfaceId, string? receiver, DateTimeOffset since, CancellationToken cancellationToken) =>
        QueryAsync(
            (origin, interfaceId, receiver, since),
            static (journal, asked) => journal.FirstAcceptedAsync(asked.origin, asked.interfaceId, asked.receiver, asked.since, default),
            cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> TransfersAsync(string origin, string transferId, CancellationToken cancellationToken) =>
        QueryAsync(
            (origin, transferId), static (journal, id) => journal.TransfersAsync(id.origin, id.transferId, default), cancellationToken);

    public ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersAsync(long? before, int limit, CancellationToken cancellationToken) =>
        QueryAsync((before, limit), static (journal, from) => journal.OrdersAsync(from.before, from.limit, default), cancellationToken);

    public ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersOfAsync(string deliveryId, CancellationToken cancellationToken) =>
        QueryAsync(deliveryId, static (journal, id) => journal.OrdersOfAsync(id, default), cancellationToken);

    public ValueTask<IReadOnlyList<StandingOrderRecord>> StandingOrdersAsync(CancellationToken cancellationToken) =>
        QueryAsync(0, static (journal, _) => journal.StandingOrdersAsync(default), cancellationToken);

    public ValueTask<IReadOnlyList<StandingOrderRecord>> NewestStandingOrdersAsync(int limit, CancellationToken cancellationToken) =>
        QueryAsync(limit, static (journal, most) => journal.NewestStandingOrdersAsync(most, default), cancellationToken);

    async ValueTask<T> QueryAsync<TKey, T>(TKey key, Func<IJournal, TKey, ValueTask<T>> query, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        return await query(host.Journal, key);
    }

    async ValueTask BeforeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await host.Weather.JournalAsync(life.Loop, host.Dice, cancellationToken);
        FailPerhaps("before");
    }

    async ValueTask AfterAsync()
    {
        await host.Weather.JournalAsync(life.Loop, host.Dice, CancellationToken.None);
        FailPerhaps("after");
    }

    void FailPerhaps(string when)
    {
        if (!host.Dice.Chance(host.Weather.JournalFails)) return;
        host.Night.Trace.Write(host.Id, $"journal fails {when} the deed");
        throw new StorageException(StorageFailure.Unavailable, $"The journal was told to fail {when} the deed.");
    }
}
