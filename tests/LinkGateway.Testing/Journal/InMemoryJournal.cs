using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Notices;
using LinkGateway.Contract.States;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Journal;

namespace LinkGateway.Testing.Journal;

/// <summary>
/// A journal in memory with the transaction rules of the real one: no threads, no waiting, every call ends before it returns.
/// </summary>
public sealed class InMemoryJournal : IJournal
{
    static readonly Comparer<TransferRecord> ByAge = Comparer<TransferRecord>.Create((one, other) =>
    {
        var by = one.CreatedAt.CompareTo(other.CreatedAt);
        if (by == 0) by = string.CompareOrdinal(one.Identity.Origin, other.Identity.Origin);
        if (by == 0) by = string.CompareOrdinal(one.Identity.TransferId, other.Identity.TransferId);
        if (by == 0) by = string.CompareOrdinal(one.Identity.Receiver, other.Identity.Receiver);
        return by == 0 ? one.Identity.Replay.CompareTo(other.Identity.Replay) : by;
    });

    readonly Lock _gate = new();
    readonly Dictionary<TransferIdentity, TransferRecord> _transfers = [];
    readonly Dictionary<string, DeliveryRecord> _deliveries = [];
    readonly List<string> _deliveryOrder = [];
    readonly Dictionary<string, SortedDictionary<int, ChunkRecord>> _chunks = [];
    readonly Dictionary<string, byte[]> _inline = [];
    readonly List<ReceiptRecord> _receipts = [];
    readonly HashSet<string> _receiptIds = [];
    readonly Dictionary<string, string> _cursors = [];
    readonly List<JournalEvent> _events = [];
    readonly List<OperatorOrderRecord> _orders = [];
    readonly List<StandingOrderRecord> _standingOrders = [];
    readonly Dictionary<string, DateTimeOffset> _strays = [];
    readonly List<ReplayOrderRecord> _replays = [];
    readonly SortedDictionary<(string OrderId, int Place), ReplayItemRecord> _replayItems = [];
    readonly SortedDictionary<string, string> _notes = new(StringComparer.Ordinal);
    readonly List<PurgeEntry> _purged = [];
    readonly SortedSet<(string Origin, string TransferId, string Archive)> _archived = [];
    long _lastPurge;
    long _lastReceipt;
    readonly List<FailureRecord> _failures = [];
    readonly List<NoticeRecord> _notices = [];
    readonly List<Notice> _stages = [];
    long _lastOrder;
    long _lastFailure;
    long _lastNotice;
    long _lastStage;

    /// <summary>Called before each batch is applied; what it throws is what the caller gets, and nothing of the batch is applied.</summary>
    public Action<JournalBatch>? BeforeCommit { get; set; }

    /// <summary>
    /// Called after each batch was applied; what it throws is what the caller gets, who cannot know that the batch was applied.
    /// </summary>
    public Action<JournalBatch>? AfterCommit { get; set; }

    /// <summary>
    /// Called with each batch when it is applied, one at a time and in the order in which they are: for who records a night.
    /// </summary>
    public Action<JournalBatch>? Applying { get; set; }

    public ValueTask CommitAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeCommit?.Invoke(batch);
        lock (_gate)
        {
            CheckVersions(batch);
            Applying?.Invoke(batch);
            Apply(batch);
        }

        AfterCommit?.Invoke(batch);
        return default;
    }

    public ValueTask<TransferRecord?> FindTransferAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        Query(() => _transfers.GetValueOrDefault(identity), cancellationToken);

    public ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, CancellationToken cancellationToken) =>
        List<ChunkRecord>(() => _chunks.TryGetValue(payloadId, out var chunks) ? chunks.Values : [], cancellationToken);

    public ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, int first, int last, CancellationToken cancellationToken) =>
        List(
            () => _chunks.TryGetValue(payloadId, out var chunks)
                ? chunks.Values.Where(chunk => chunk.Index >= first && chunk.Index <= last)
                : [],
            cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> InlinePayloadAsync(string payloadId, CancellationToken cancellationToken) =>
        Query(() => _inline.TryGetValue(payloadId, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null, cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        List(
            () => _deliveryOrder.Select(id => _deliveries[id]).Where(d => d.Transfer == identity).OrderBy(d => d.CreatedAt),
            cancellationToken);

    public ValueTask<DeliveryRecord?> FindDeliveryAsync(string deliveryId, CancellationToken cancellationToken) =>
        Query(() => _deliveries.GetValueOrDefault(deliveryId), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> SetDeliveriesAsync(string setKey, CancellationToken cancellationToken) =>
        List(
            () => _deliveryOrder.Select(id => _deliveries[id]).Where(d => d.SetKey == setKey).OrderBy(d => d.CreatedAt),
            cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> OpenInSequenceAsync(
        string sequenceKey, string? from, int limit, CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values
                .Where(d => d.SequenceKey == sequenceKey && IsOpenInSequence(d) && string.CompareOrdinal(d.SequencePlace, from) >= 0)
                .OrderBy(d => d.SequencePlace, StringComparer.Ordinal)
                .ThenBy(d => d.CreatedAt).ThenBy(d => d.DeliveryId, StringComparer.Ordinal)
                .Take(limit),
            cancellationToken);

    public ValueTask<DeliveryRecord?> LastDoneInSequenceAsync(string sequenceKey, CancellationToken cancellationToken) =>
        Query(
            () => _deliveries.Values.Where(d => d.SequenceKey == sequenceKey && IsDone(d))
                .MaxBy(d => d.SequencePlace, StringComparer.Ordinal),
            cancellationToken);

    public ValueTask<bool> IsSkippedInSequenceAsync(string sequenceKey, string place, CancellationToken cancellationToken) =>
        Query(
            () => _deliveries.Values.Any(
                d => d.SequenceKey == sequenceKey && d.SequencePlace == place && d.SequencePass == SequencePass.Skipped),
            cancellationToken);

    public ValueTask<string?> NextOpenSequenceAsync(string? after, CancellationToken cancellationToken) =>
        Query(
            () => _deliveries.Values
                .Where(d => d.SequenceKey is not null && IsOpenInSequence(d) && string.CompareOrdinal(d.SequenceKey, after) > 0)
                .Select(d => d.SequenceKey).Min(StringComparer.Ordinal),
            cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> InboxAsync(
        string? receiver, DeliveryRecord? after, int limit, CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values
                .Where(d => d.OfferedAt is not null && d.State is DeliveryState.Waiting or DeliveryState.Sending)
                .Where(d => receiver is null || d.Receiver == receiver)
                .Where(d => after is null || d.OfferedAt > after.OfferedAt
                    || (d.OfferedAt == after.OfferedAt && string.CompareOrdinal(d.DeliveryId, after.DeliveryId) > 0))
                .OrderBy(d => d.OfferedAt).ThenBy(d => d.DeliveryId, StringComparer.Ordinal)
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<LaneHead>> DueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values.Where(d => IsDue(d, now)).GroupBy(d => d.Lane)
                .OrderBy(lane => lane.Key, Comparer<Lane>.Create(Compare))
                .Select(lane => new LaneHead(lane.Key, lane.Min(d => d.NextAttemptAt!.Value))),
            cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> DueDeliveriesAsync(
        Lane lane, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values
                .Where(d => IsDue(d, now) && d.Lane == lane)
                .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.DeliveryId, StringComparer.Ordinal)
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<LaneLoad>> WaitingAsync(CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values
                .Where(d => d.State is DeliveryState.Waiting or DeliveryState.InDoubt && d.OfferedAt is null)
                .GroupBy(d => d.Lane)
                .OrderBy(lane => lane.Key, Comparer<Lane>.Create(Compare))
                .Select(lane => new LaneLoad(lane.Key, lane.LongCount())),
            cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> DueJobsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values
                .Where(d => d.State is DeliveryState.Delivered or DeliveryState.Failed or DeliveryState.ReceiverRejected)
                .Where(d => d.NextAttemptAt <= now)
                .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.DeliveryId, StringComparer.Ordinal)
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> LeftInFoldersAsync(string? after, int limit, CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values
                .Where(d => d.Folder is not null && d.NextAttemptAt is null && d.State is DeliveryState.Failed or DeliveryState.Cancelled)
                .Where(d => after is null || string.CompareOrdinal(d.DeliveryId, after) > 0)
                .OrderBy(d => d.DeliveryId, StringComparer.Ordinal)
                .Take(limit),
            cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        Query(() => _deliveries.Values.Where(d => WaitsForClock(d) && FreeAt(d) > after).Min(FreeAt), cancellationToken);

    public ValueTask ReleaseLeasesAsync(string leaseOwner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var held in _deliveries.Values.Where(d => d.LeaseOwner == leaseOwner).ToList())
            {
                _deliveries[held.DeliveryId] = held with { LeaseOwner = null, LeaseUntil = null, Version = held.Version + 1 };
            }
        }

        return default;
    }

    public ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        List(() => _receipts.Where(r => r.Transfer == identity), cancellationToken);

    public ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsSinceAsync(
        string participant, long after, int limit, CancellationToken cancellationToken) =>
        List(
            () => _receipts
                .Where(r => r.Sequence > after && (r.Transfer.Origin == participant || r.SubmittedBy == participant))
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> ExpiredUploadsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        List(
            () => _transfers.Values
                .Where(t => t.State is TransferState.Open or TransferState.Verifying && t.ExpiresAt <= now)
                .OrderBy(t => t.ExpiresAt)
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<string>> UnknownPayloadsAsync(IReadOnlyList<string> payloadIds, CancellationToken cancellationToken) =>
        List(
            () =>
            {
                var live = _transfers.Values.Where(t => IsUnfinished(t) || t.PayloadDueAt is not null);
                var known = live.Select(t => t.PayloadId).ToHashSet();
                var liveIds = live.Select(t => t.Identity).ToHashSet();
                known.UnionWith(_deliveries.Values.Where(d => liveIds.Contains(d.Transfer)).Select(d => d.PayloadId));
                return payloadIds.Where(id => !known.Contains(id));
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<PurgeEntry>> PurgedAsync(int limit, CancellationToken cancellationToken) =>
        List(() => _purged.Take(limit), cancellationToken);

    public ValueTask<IReadOnlyList<string>> ArchivesOfAsync(string origin, string transferId, CancellationToken cancellationToken) => List(
        () => _archived.Where(row => row.Origin == origin && row.TransferId == transferId).Select(row => row.Archive), cancellationToken);

    public ValueTask<IReadOnlyList<JournalNote>> NotesAsync(string prefix, CancellationToken cancellationToken) => List(
        () => _notes.Where(note => note.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(note => new JournalNote(note.Key, note.Value)),
        cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, DateTimeOffset?>> StraysAsync(
        IReadOnlyList<string> payloadIds, CancellationToken cancellationToken) =>
        Query<IReadOnlyDictionary<string, DateTimeOffset?>>(
            () =>
            {
                var named = _transfers.Values.Select(t => t.PayloadId).Concat(_deliveries.Values.Select(d => d.PayloadId)).ToHashSet();
                return payloadIds.Where(id => !named.Contains(id))
                    .ToDictionary(id => id, id => _strays.TryGetValue(id, out var at) ? at : (DateTimeOffset?)null);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> DuePayloadsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        List(() => _transfers.Values.Where(t => t.PayloadDueAt <= now).OrderBy(t => t.PayloadDueAt).Take(limit), cancellationToken);

    public ValueTask<DateTimeOffset?> NextPayloadDueAsync(CancellationToken cancellationToken) =>
        Query(() => _transfers.Values.Min(t => t.PayloadDueAt), cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> KeptPayloadsAsync(
        TransferIdentity? after, int limit, CancellationToken cancellationToken) =>
        List(
            () => _transfers.Values
                .Where(t => t.PayloadDueAt is not null && (after is null || Compare(t.Identity, after) > 0))
                .OrderBy(t => t.Identity, Comparer<TransferIdentity>.Create(Compare))
                .Take(limit),
            cancellationToken);

    public ValueTask<PayloadTotals> PayloadTotalsAsync(DateTimeOffset by, CancellationToken cancellationToken) =>
        Query(
            () =>
            {
                var kept = _transfers.Values.Where(t => t.PayloadDueAt is not null).ToList();
                var going = kept.Where(t => t.PayloadDueAt <= by && _deliveries.Values.Where(d => d.Transfer == t.Identity)
                    .All(d => d.State is DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.Cancelled));
                return new PayloadTotals(kept.Count, kept.Sum(t => t.Size ?? 0), going.Sum(t => t.Size ?? 0));
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> PastTransfersAsync(
        DateTimeOffset before, TransferRecord? after, int limit, CancellationToken cancellationToken) =>
        List(
            () => _transfers.Values
                .Where(t => t.CreatedAt <= before && t.PayloadDueAt is null && !IsUnfinished(t))
                .Where(t => _deliveries.Values.Where(d => d.Transfer == t.Identity).All(d => d.UpdatedAt <= before && HasEnded(d)))
                .OrderBy(t => t, ByAge)
                .Where(t => after is null || ByAge.Compare(t, after) > 0)
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<(DateTimeOffset Hour, long Bytes)>> PayloadsGoingAsync(
        DateTimeOffset by, CancellationToken cancellationToken) =>
        List(
            () => _transfers.Values
                .Where(t => t.PayloadDueAt <= by && _deliveries.Values.Where(d => d.Transfer == t.Identity)
                    .All(d => d.State is DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.Cancelled))
                .GroupBy(t => new DateTimeOffset(
                    (t.PayloadDueAt!.Value.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour,
                    TimeSpan.Zero))
                .Select(hour => (hour.Key, hour.Sum(t => t.Size ?? 0)))
                .OrderBy(hour => hour.Key),
            cancellationToken);

    public ValueTask<string?> PeerCursorAsync(string destinationId, CancellationToken cancellationToken) =>
        Query(() => _cursors.GetValueOrDefault(destinationId), cancellationToken);

    public ValueTask<IReadOnlyList<JournalEvent>> EventsAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        List(() => _events.Where(e => e.Transfer == identity), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values
                .Where(d => d.State == query.State
                    && (query.Receiver is null || d.Receiver == query.Receiver)
                    && (query.Origin is null || d.Transfer.Origin == query.Origin)
                    && (!query.AtRest || d.NextAttemptAt is null)
                    && (!query.Troubled || d.LastErrorCode is not null)
                    && !query.ExceptCodes.Contains(d.LastErrorCode))
                .OrderBy(d => d.CreatedAt).ThenBy(d => d.DeliveryId, StringComparer.Ordinal)
                .Where(d => query.After is not { } after || d.CreatedAt > after.CreatedAt
                    || (d.CreatedAt == after.CreatedAt && string.CompareOrdinal(d.DeliveryId, after.DeliveryId) > 0))
                .Take(query.Limit),
            cancellationToken);

    public ValueTask<IReadOnlyDictionary<DeliveryState, long>> CountDeliveriesAsync(CancellationToken cancellationToken) =>
        Query<IReadOnlyDictionary<DeliveryState, long>>(
            () => _deliveries.Values.GroupBy(d => d.State).ToDictionary(group => group.Key, group => group.LongCount()), cancellationToken);

    public ValueTask<IReadOnlyList<OpenDeliveries>> OpenDeliveriesAsync(CancellationToken cancellationToken) =>
        List(
            () => _deliveries.Values.Where(d => !HasEnded(d))
                .Select(d => (Delivery: d, Transfer: _transfers.GetValueOrDefault(d.Transfer)))
                .Where(pair => pair.Transfer is { AcceptedAt: not null } && pair.Transfer.PayloadId == pair.Delivery.PayloadId)
                .GroupBy(pair => (
                    pair.Delivery.DestinationId, pair.Delivery.Transfer.Origin, pair.Transfer!.Manifest.InterfaceId, pair.Delivery.Receiver,
                    Ours: pair.Delivery is { OfferedAt: null, State: not (DeliveryState.HandedOver or DeliveryState.Held) }))
                .Select(group => new OpenDeliveries(
                    group.Key.DestinationId, group.Key.Origin, group.Key.InterfaceId, group.Key.Receiver, group.Key.Ours, group.LongCount(),
                    group.Sum(pair => pair.Transfer!.Size ?? 0), group.Min(pair => pair.Transfer!.AcceptedAt!.Value),
                    group.Max(pair => pair.Transfer!.AcceptedAt!.Value))),
            cancellationToken);

    public ValueTask<DateTimeOffset?> FirstAcceptedAsync(
        string origin, string interfaceId, string? receiver, DateTimeOffset since, CancellationToken cancellationToken) =>
        Query(
            () => _transfers.Values
                .Where(t => t.State == TransferState.Accepted && t.Identity.Origin == origin && t.Manifest.InterfaceId == interfaceId)
                .Where(t => receiver is null || _deliveries.Values.Any(d => d.PayloadId == t.PayloadId && d.Receiver == receiver))
                .Where(t => t.AcceptedAt >= since && t.Identity.Replay == 0).Min(t => t.AcceptedAt),
            cancellationToken);

    public ValueTask<IReadOnlyList<TransferRecord>> TransfersAsync(
        string origin, string transferId, CancellationToken cancellationToken) =>
        List(
            () => _transfers.Values
                .Where(t => t.Identity.Origin == origin && t.Identity.TransferId == transferId)
                .OrderBy(t => t.CreatedAt).ThenBy(t => t.Identity.Receiver, StringComparer.Ordinal).ThenBy(t => t.Identity.Replay),
            cancellationToken);

    public ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersAsync(long? before, int limit, CancellationToken cancellationToken) =>
        List(
            () => _orders.Where(o => before is null || o.Number < before).OrderByDescending(o => o.Number).Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersOfAsync(string deliveryId, CancellationToken cancellationToken) =>
        List(() => _orders.Where(o => o.DeliveryId == deliveryId), cancellationToken);

    public ValueTask<IReadOnlyList<StandingOrderRecord>> StandingOrdersAsync(CancellationToken cancellationToken) =>
        List(
            () => _standingOrders.GroupBy(order => order.Subject).Select(orders => orders.Last()).Where(order => order.Value is not null)
                .OrderBy(order => order.Subject, StringComparer.Ordinal),
            cancellationToken);

    public ValueTask<IReadOnlyList<StandingOrderRecord>> NewestStandingOrdersAsync(int limit, CancellationToken cancellationToken) =>
        List(() => _standingOrders.AsEnumerable().Reverse().Take(limit), cancellationToken);

    public ValueTask<ReplayOrderRecord?> FindReplayAsync(string orderId, CancellationToken cancellationToken) =>
        Query(() => _replays.Find(r => r.OrderId == orderId), cancellationToken);

    public ValueTask<IReadOnlyList<ReplayOrderRecord>> ReplaysAsync(int limit, CancellationToken cancellationToken) =>
        List(() => _replays.AsEnumerable().Reverse().OrderByDescending(r => r.At).Take(limit), cancellationToken);

    public ValueTask<IReadOnlyList<ReplayOrderRecord>> RunningReplaysAsync(CancellationToken cancellationToken) =>
        List(() => _replays.Where(r => r.State == ReplayState.Running).OrderBy(r => r.At), cancellationToken);

    public ValueTask<ReplayItemRecord?> NextReplayItemAsync(string orderId, CancellationToken cancellationToken) =>
        Query(() => ItemsOf(orderId).FirstOrDefault(i => i.State == ReplayItemState.Pending), cancellationToken);

    public ValueTask<IReadOnlyList<ReplayItemRecord>> ReplayItemsAsync(
        string orderId, int after, int limit, CancellationToken cancellationToken) =>
        List(() => ItemsOf(orderId).Where(i => i.Place > after).Take(limit), cancellationToken);

    public ValueTask<ReplayProgress> ReplayProgressAsync(string orderId, CancellationToken cancellationToken) => Query(
        () => new ReplayProgress(
            ItemsOf(orderId).GroupBy(i => i.State).ToDictionary(group => group.Key, group => group.LongCount()),
            ItemsOf(orderId).Where(i => i.CarriedOutBy is not null).Select(i => _deliveries.GetValueOrDefault(i.CarriedOutBy!))
                .Where(d => d is not null).GroupBy(d => d!.State).ToDictionary(group => group.Key, group => group.LongCount())),
        cancellationToken);

    public ValueTask<bool> IsReplayPendingAsync(TransferIdentity identity, CancellationToken cancellationToken) => Query(
        () => _replays.Where(r => r.State == ReplayState.Running).SelectMany(r => ItemsOf(r.OrderId))
            .Any(i => i.State == ReplayItemState.Pending && _deliveries.GetValueOrDefault(i.DeliveryId)?.Transfer == identity),
        cancellationToken);

    public ValueTask<IReadOnlyList<OpenUpload>> OpenUploadsAsync(CancellationToken cancellationToken) => List(
        () => _transfers.Values.Where(IsUnfinished).Select(t => new OpenUpload(
            t.Identity, t.SubmittedBy, t.Size ?? 0,
            _chunks.TryGetValue(t.PayloadId, out var chunks) ? chunks.Values.Sum(chunk => chunk.Length) : 0)),
        cancellationToken);

    public ValueTask<IReadOnlyList<AcceptedBytes>> AcceptedBytesAsync(DateTimeOffset since, CancellationToken cancellationToken) => List(
        () => _transfers.Values.Where(t => t.PayloadDueAt is not null || t.AcceptedAt >= since)
            .GroupBy(t => (t.Identity.Origin, t.SubmittedBy))
            .Select(group => new AcceptedBytes(
                group.Key.Origin, group.Key.SubmittedBy, group.Where(t => t.PayloadDueAt is not null).Sum(t => t.Size ?? 0),
                group.Where(t => t.AcceptedAt >= since).Sum(t => t.Size ?? 0))),
        cancellationToken);

    IEnumerable<ReplayItemRecord> ItemsOf(string orderId) => _replayItems.Values.Where(i => i.OrderId == orderId);

    public ValueTask<IReadOnlyList<FailureRecord>> FailuresSinceAsync(
        string participant, long after, int limit, CancellationToken cancellationToken) =>
        List(
            () => _failures
                .Where(f => f.Sequence > after
                    && (f.Transfer.Origin == participant || _transfers.GetValueOrDefault(f.Transfer)?.SubmittedBy == participant))
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<NoticeRecord>> RecentNoticesAsync(DateTimeOffset resolvedAfter, CancellationToken cancellationToken) =>
        List(() => _notices.Where(n => n.ResolvedAt is null || n.ResolvedAt > resolvedAfter), cancellationToken);

    public ValueTask<IReadOnlyList<NoticeRecord>> NoticesAsync(
        long? before, bool openOnly, int limit, CancellationToken cancellationToken) =>
        List(
            () => _notices
                .Where(n => n.Number < (before ?? long.MaxValue) && (!openOnly || n.ResolvedAt is null))
                .OrderByDescending(n => n.Number)
                .Take(limit),
            cancellationToken);

    public ValueTask<IReadOnlyList<Notice>> NoticeStagesSinceAsync(long after, int limit, CancellationToken cancellationToken) =>
        List(() => _stages.Where(s => s.Number > after).Take(limit), cancellationToken);

    public ValueTask<FeedHeads> FeedHeadsAsync(CancellationToken cancellationToken) =>
        Query(() => new FeedHeads(_lastReceipt, _lastFailure, _lastStage), cancellationToken);

    public ValueTask<IReadOnlyList<DeliveryGroup>> DeliveryGroupsAsync(
        IReadOnlyList<DeliveryState> states, CancellationToken cancellationToken) =>
        List(() => states.SelectMany(GroupsOf), cancellationToken);

    IEnumerable<DeliveryGroup> GroupsOf(DeliveryState state) => _deliveries.Values
        .Where(d => d.State == state && _transfers.GetValueOrDefault(d.Transfer) is { } transfer
            && (state != DeliveryState.Failed || transfer.PayloadDueAt is not null))
        .GroupBy(d => (d.DestinationId, Code: d.LastErrorCode ?? "", AtRest: d.NextAttemptAt is null))
        .OrderBy(g => g.Key.DestinationId, StringComparer.Ordinal).ThenBy(g => g.Key.Code, StringComparer.Ordinal).ThenBy(g => g.Key.AtRest)
        .Select(g => new DeliveryGroup
        {
            State = state,
            DestinationId = g.Key.DestinationId,
            Code = g.Key.Code,
            AtRest = g.Key.AtRest,
            Text = g.Select(d => d.LastErrorText ?? "").Max(StringComparer.Ordinal)!,
            Deliveries = g.Count(),
            Bytes = g.Sum(d => _transfers[d.Transfer].Size ?? 0),
            Oldest = g.Min(d => d.CreatedAt),
            ChangedFirst = g.Min(d => d.UpdatedAt),
            Partners = [.. g.SelectMany(d => new[] { d.Transfer.Origin, d.Receiver }).Distinct().Order(StringComparer.Ordinal)],
        });

    static bool IsUnfinished(TransferRecord transfer) => transfer.State is TransferState.Open or TransferState.Verifying;

    static bool HasEnded(DeliveryRecord delivery) => delivery.State is DeliveryState.Delivered or DeliveryState.Applied
        or DeliveryState.ReceiverRejected or DeliveryState.Failed or DeliveryState.Cancelled;

    static bool IsOpenInSequence(DeliveryRecord delivery) => delivery.SequencePass != SequencePass.Skipped && !IsDone(delivery);

    static bool IsDone(DeliveryRecord delivery) =>
        delivery.State is DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected;

    static int Compare(TransferIdentity one, TransferIdentity other)
    {
        var order = string.CompareOrdinal(one.Origin, other.Origin);
        if (order == 0) order = string.CompareOrdinal(one.TransferId, other.TransferId);
        if (order == 0) order = string.CompareOrdinal(one.Receiver, other.Receiver);
        return order == 0 ? one.Replay.CompareTo(other.Replay) : order;
    }

    static int Compare(Lane one, Lane other)
    {
        var order = string.CompareOrdinal(one.DestinationId, other.DestinationId);
        if (order == 0) order = string.CompareOrdinal(one.Origin, other.Origin);
        if (order == 0) order = string.CompareOrdinal(one.InterfaceId, other.InterfaceId);
        if (order == 0) order = string.CompareOrdinal(one.Receiver, other.Receiver);
        return order == 0 ? one.Begins.CompareTo(other.Begins) : order;
    }

    static bool IsDue(DeliveryRecord delivery, DateTimeOffset now) => WaitsForClock(delivery) && FreeAt(delivery) <= now;

    static bool WaitsForClock(DeliveryRecord delivery) => delivery.NextAttemptAt is not null && delivery.State is
        DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Publishing or DeliveryState.InDoubt
            or DeliveryState.HandedOver or DeliveryState.Held;

    static DateTimeOffset? FreeAt(DeliveryRecord delivery) =>
        delivery.LeaseOwner is not null && delivery.LeaseUntil > delivery.NextAttemptAt ? delivery.LeaseUntil : delivery.NextAttemptAt;

    void CheckVersions(JournalBatch batch)
    {
        // A batch may move the same row twice; each move builds on the one before.
        var transfers = new Dictionary<TransferIdentity, long>();
        foreach (var transfer in batch.Transfers)
        {
            var held = transfers.GetValueOrDefault(transfer.Identity, _transfers.GetValueOrDefault(transfer.Identity)?.Version ?? 0);
            if (transfer.Version != held + 1) throw new JournalConflictException($"{transfer.Identity} version {transfer.Version}");
            transfers[transfer.Identity] = transfer.Version;
        }

        var deliveries = new Dictionary<string, long>();
        foreach (var delivery in batch.Deliveries)
        {
            var held = deliveries.GetValueOrDefault(delivery.DeliveryId, _deliveries.GetValueOrDefault(delivery.DeliveryId)?.Version ?? 0);
            if (delivery.Version != held + 1)
            {
                throw new JournalConflictException($"delivery {delivery.DeliveryId} version {delivery.Version}");
            }

            deliveries[delivery.DeliveryId] = delivery.Version;
        }

        foreach (var transfer in batch.Forgotten)
        {
            if (_transfers.GetValueOrDefault(transfer.Identity)?.Version != transfer.Version)
                throw new JournalConflictException($"{transfer.Identity} version {transfer.Version}");
        }

        foreach (var replay in batch.Replays)
        {
            if (replay.Version != (_replays.Find(r => r.OrderId == replay.OrderId)?.Version ?? 0) + 1)
                throw new JournalConflictException($"replay {replay.OrderId} version {replay.Version}");
        }

        foreach (var item in batch.ReplayItems)
        {
            var held = _replayItems.GetValueOrDefault((item.OrderId, item.Place));
            if (item.State == ReplayItemState.Pending ? held is not null : held?.State != ReplayItemState.Pending)
                throw new JournalConflictException($"replay {item.OrderId} delivery {item.DeliveryId}");
        }
    }

    void Apply(JournalBatch batch)
    {
        foreach (var transfer in batch.Transfers) _transfers[transfer.Identity] = transfer;
        foreach (var delivery in batch.Deliveries)
        {
            if (!_deliveries.ContainsKey(delivery.DeliveryId)) _deliveryOrder.Add(delivery.DeliveryId);
            _deliveries[delivery.DeliveryId] = delivery;
        }

        foreach (var transfer in batch.Forgotten) Forget(transfer);
        foreach (var payloadId in batch.DroppedPayloads)
        {
            _chunks.Remove(payloadId);
            _inline.Remove(payloadId);
        }

        foreach (var (payloadId, chunk) in batch.Chunks)
        {
            if (!_chunks.TryGetValue(payloadId, out var chunks)) _chunks.Add(payloadId, chunks = []);
            chunks[chunk.Index] = chunk;
        }

        foreach (var payloadId in batch.EmptiedPayloads) _inline.Remove(payloadId);
        foreach (var (payloadId, at) in batch.Strays) _strays.TryAdd(payloadId, at);
        foreach (var payloadId in batch.RemovedStrays) _strays.Remove(payloadId);

        // The caller's buffers are its own again when the call ends.
        foreach (var (payloadId, bytes) in batch.InlinePayloads) _inline[payloadId] = bytes.ToArray();
        foreach (var receipt in batch.Receipts)
        {
            if (!_receiptIds.Add(receipt.Content.ReceiptId)) continue;
            _receipts.Add(receipt with { Sequence = ++_lastReceipt, Document = receipt.Document.ToArray() });
        }

        foreach (var (destinationId, cursor) in batch.PeerCursors) _cursors[destinationId] = cursor;
        _events.AddRange(batch.Events);
        foreach (var entry in batch.Purged) _purged.Add(entry with { Number = ++_lastPurge });
        if (batch.PurgedStatedTo is { } stated) _purged.RemoveAll(entry => entry.Number <= stated);
        foreach (var (transfer, archive) in batch.Archived) _archived.Add((transfer.Origin, transfer.TransferId, archive));
        foreach (var note in batch.Notes)
        {
            if (note.Value is null) _notes.Remove(note.Name);
            else _notes[note.Name] = note.Value;
        }

        foreach (var order in batch.Orders) _orders.Add(order with { Number = ++_lastOrder });
        foreach (var failure in batch.Failures) _failures.Add(failure with { Sequence = ++_lastFailure });
        foreach (var order in batch.StandingOrders) _standingOrders.Add(order with { Number = _standingOrders.Count + 1 });
        foreach (var replay in batch.Replays)
        {
            var place = _replays.FindIndex(r => r.OrderId == replay.OrderId);
            if (place < 0) _replays.Add(replay);
            else _replays[place] = replay;
        }

        foreach (var item in batch.ReplayItems) _replayItems[(item.OrderId, item.Place)] = item;
        foreach (var notice in batch.Notices) Put(notice);
        foreach (var stage in batch.NoticeStages) _stages.Add(stage with { Number = ++_lastStage });
        if (batch.NoticesBefore is not { } before) return;
        _notices.RemoveAll(notice => notice.ResolvedAt <= before);
        _stages.RemoveAll(stage => stage.At <= before);
    }

    void Put(NoticeRecord notice)
    {
        var index = _notices.FindIndex(held => held.NoticeId == notice.NoticeId);
        if (index < 0) _notices.Add(notice with { Number = ++_lastNotice });
        else _notices[index] = notice with { Number = _notices[index].Number };
    }

    void Forget(TransferRecord transfer)
    {
        var identity = transfer.Identity;
        var deliveries = _deliveries.Values.Where(d => d.Transfer == identity).Select(d => d.DeliveryId).ToHashSet();
        _transfers.Remove(identity);
        foreach (var id in deliveries) _deliveries.Remove(id);
        _deliveryOrder.RemoveAll(deliveries.Contains);
        _chunks.Remove(transfer.PayloadId);
        _inline.Remove(transfer.PayloadId);
        _receiptIds.ExceptWith(_receipts.Where(r => r.Transfer == identity).Select(r => r.Content.ReceiptId));
        _receipts.RemoveAll(r => r.Transfer == identity);
        _events.RemoveAll(e => e.Transfer == identity);
        _orders.RemoveAll(o => deliveries.Contains(o.DeliveryId));
        foreach (var key in _replayItems.Where(i => deliveries.Contains(i.Value.DeliveryId)).Select(i => i.Key).ToList())
            _replayItems.Remove(key);
        _failures.RemoveAll(f => f.Transfer == identity);
    }

    ValueTask<T> Query<T>(Func<T> query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return new(query());
    }

    ValueTask<IReadOnlyList<T>> List<T>(Func<IEnumerable<T>> query, CancellationToken cancellationToken) =>
        Query(() => (IReadOnlyList<T>)query().ToList(), cancellationToken);
}
