using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Notices;
using LinkGateway.Contract.States;
using LinkGateway.Core.Intake;

namespace LinkGateway.Core.Journal;

/// <summary>The durable record of transfers, chunks, deliveries, receipts and events.</summary>
/// <remarks>
/// What a commit wrote is seen by every query that begins after the commit ended. Failures of the medium are
/// <see cref="Files.StorageException"/>. Thread-safe.
/// </remarks>
public interface IJournal
{
    /// <summary>Applies the batch and makes it durable before the call ends. Many callers at once share one flush.</summary>
    /// <exception cref="JournalConflictException">A row does not have the version expected.</exception>
    ValueTask CommitAsync(JournalBatch batch, CancellationToken cancellationToken);

    /// <summary>The transfer of that identity.</summary>
    ValueTask<TransferRecord?> FindTransferAsync(TransferIdentity identity, CancellationToken cancellationToken);

    /// <summary>The durable chunks of a payload, by index.</summary>
    ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, CancellationToken cancellationToken);

    /// <summary>
    /// The durable chunks of a payload whose index is from <paramref name="first"/> to <paramref name="last"/>, by index.
    /// </summary>
    ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, int first, int last, CancellationToken cancellationToken);

    /// <summary>The bytes of a small payload; null when it has none here.</summary>
    ValueTask<ReadOnlyMemory<byte>?> InlinePayloadAsync(string payloadId, CancellationToken cancellationToken);

    /// <summary>The deliveries of a transfer, oldest first.</summary>
    ValueTask<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(TransferIdentity identity, CancellationToken cancellationToken);

    /// <summary>One delivery.</summary>
    ValueTask<DeliveryRecord?> FindDeliveryAsync(string deliveryId, CancellationToken cancellationToken);

    /// <summary>The deliveries of one file set to one receiver (<see cref="DeliveryRecord.SetKey"/>), oldest first.</summary>
    ValueTask<IReadOnlyList<DeliveryRecord>> SetDeliveriesAsync(string setKey, CancellationToken cancellationToken);

    /// <summary>
    /// The deliveries of one sequence (<see cref="DeliveryRecord.SequenceKey"/>) that what comes after them waits for: not Delivered,
    /// Applied or ReceiverRejected, and not skipped. By place, then by the time when they were made, then by id.
    /// </summary>
    /// <param name="sequenceKey">The sequence.</param>
    /// <param name="from">The place at which to begin; null for the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<DeliveryRecord>> OpenInSequenceAsync(
        string sequenceKey, string? from, int limit, CancellationToken cancellationToken);

    /// <summary>The delivery in Delivered, Applied or ReceiverRejected with the last place of a sequence.</summary>
    ValueTask<DeliveryRecord?> LastDoneInSequenceAsync(string sequenceKey, CancellationToken cancellationToken);

    /// <summary>Whether a delivery with that place in a sequence is skipped.</summary>
    ValueTask<bool> IsSkippedInSequenceAsync(string sequenceKey, string place, CancellationToken cancellationToken);

    /// <summary>The next sequence, by key, in which anything is open; null after the last one.</summary>
    ValueTask<string?> NextOpenSequenceAsync(string? after, CancellationToken cancellationToken);

    /// <summary>
    /// What lies in an inbox (<see cref="DeliveryRecord.OfferedAt"/>, in Waiting or Sending), by the time and id under which it was
    /// offered.
    /// </summary>
    /// <param name="receiver">Whose inbox; null: all.</param>
    /// <param name="after">The delivery after which to begin; null: at the oldest.</param>
    /// <param name="limit">Most deliveries wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<DeliveryRecord>> InboxAsync(
        string? receiver, DeliveryRecord? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The lanes in which a delivery is due: one in Waiting, Sending, Publishing, InDoubt, HandedOver or Held whose next attempt has come
    /// and which nobody holds (no lease, or one that ended). Its cost grows with the lanes, not with what waits in them.
    /// </summary>
    ValueTask<IReadOnlyList<LaneHead>> DueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What is due in a lane, by due time.</summary>
    ValueTask<IReadOnlyList<DeliveryRecord>> DueDeliveriesAsync(
        Lane lane, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>How much waits to be sent, by lanes.</summary>
    ValueTask<IReadOnlyList<LaneLoad>> WaitingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Deliveries in Delivered, Failed or ReceiverRejected that have a next time all the same, and it has come: their job is due. By that
    /// time.
    /// </summary>
    ValueTask<IReadOnlyList<DeliveryRecord>> DueJobsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deliveries in Failed or Cancelled, without a next time, whose files may still lie in a folder (<see cref="DeliveryRecord.Folder"/>),
    /// by id, after one; null for the first.
    /// </summary>
    ValueTask<IReadOnlyList<DeliveryRecord>> LeftInFoldersAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>When the next delivery becomes due, or a lease ends, after an instant; null when none waits for the clock.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset after, CancellationToken cancellationToken);

    /// <summary>Releases the leases of a worker that is gone.</summary>
    ValueTask ReleaseLeasesAsync(string leaseOwner, CancellationToken cancellationToken);

    /// <summary>The receipts of a transfer, oldest first.</summary>
    ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsAsync(TransferIdentity identity, CancellationToken cancellationToken);

    /// <summary>Receipts after a sequence that a participant may see (it is the origin or handed the transfer in), oldest first.</summary>
    ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsSinceAsync(
        string participant, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Unfinished uploads (Open, Verifying) whose time has run out.</summary>
    ValueTask<IReadOnlyList<TransferRecord>> ExpiredUploadsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Of the given payload ids, those that no transfer names which is unfinished or still has its payload
    /// (<see cref="TransferRecord.PayloadDueAt"/>): strays.
    /// </summary>
    ValueTask<IReadOnlyList<string>> UnknownPayloadsAsync(IReadOnlyList<string> payloadIds, CancellationToken cancellationToken);

    /// <summary>
    /// Of the given payload ids, those that nothing in the journal names or ever named, with the time when they were first found so
    /// (<see cref="JournalBatch.Strays"/>); null for new ones.
    /// </summary>
    ValueTask<IReadOnlyDictionary<string, DateTimeOffset?>> StraysAsync(
        IReadOnlyList<string> payloadIds, CancellationToken cancellationToken);

    /// <summary>Transfers of which it is time to look whether their payload may go, by that time.</summary>
    ValueTask<IReadOnlyList<TransferRecord>> DuePayloadsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>When the next payload is looked at; null when none is kept.</summary>
    ValueTask<DateTimeOffset?> NextPayloadDueAsync(CancellationToken cancellationToken);

    /// <summary>Finished transfers that have their payload, by identity, after one; null for the first.</summary>
    ValueTask<IReadOnlyList<TransferRecord>> KeptPayloadsAsync(TransferIdentity? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// How much the finished transfers keep, and how much of it goes by <paramref name="by"/> as far as is known: of transfers whose
    /// deliveries were all made or cancelled.
    /// </summary>
    ValueTask<PayloadTotals> PayloadTotalsAsync(DateTimeOffset by, CancellationToken cancellationToken);

    /// <summary>
    /// Transfers that were opened before an instant, have ended without a payload, and whose deliveries have all ended and not changed
    /// since, oldest first, after one; null for the first.
    /// </summary>
    ValueTask<IReadOnlyList<TransferRecord>> PastTransfersAsync(
        DateTimeOffset before, TransferRecord? after, int limit, CancellationToken cancellationToken);

    /// <summary>What was removed and is not stated yet (<see cref="JournalBatch.Purged"/>), oldest first.</summary>
    ValueTask<IReadOnlyList<PurgeEntry>> PurgedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Names of the archive files that hold transfers of an origin and id, oldest first.</summary>
    ValueTask<IReadOnlyList<string>> ArchivesOfAsync(string origin, string transferId, CancellationToken cancellationToken);

    /// <summary>
    /// Bytes of finished transfers that go by <paramref name="by"/> as far as is known, as in <see cref="PayloadTotalsAsync"/>: so many by
    /// each full hour.
    /// </summary>
    ValueTask<IReadOnlyList<(DateTimeOffset Hour, long Bytes)>> PayloadsGoingAsync(DateTimeOffset by, CancellationToken cancellationToken);

    /// <summary>The cursor into a peer's receipts; null at the beginning.</summary>
    ValueTask<string?> PeerCursorAsync(string destinationId, CancellationToken cancellationToken);

    /// <summary>The events of a transfer, oldest first.</summary>
    ValueTask<IReadOnlyList<JournalEvent>> EventsAsync(TransferIdentity identity, CancellationToken cancellationToken);

    /// <summary>Deliveries of one state, by the time when they were made, then by id.</summary>
    ValueTask<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>How many deliveries there are in each state that has any.</summary>
    ValueTask<IReadOnlyDictionary<DeliveryState, long>> CountDeliveriesAsync(CancellationToken cancellationToken);

    /// <summary>What is not over of the deliveries of accepted transfers, in groups.</summary>
    ValueTask<IReadOnlyList<OpenDeliveries>> OpenDeliveriesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// When the first transfer of an origin and interface since an instant was accepted that still is; null when none was. Copies that
    /// another gateway hands on do not count.
    /// </summary>
    /// <param name="origin">The origin.</param>
    /// <param name="interfaceId">The interface.</param>
    /// <param name="receiver">Only those with a delivery to this receiver; null for all.</param>
    /// <param name="since">Accepted at this instant or later.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<DateTimeOffset?> FirstAcceptedAsync(
        string origin, string interfaceId, string? receiver, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The transfers of an origin and id, whatever their receiver and replay, oldest first.</summary>
    ValueTask<IReadOnlyList<TransferRecord>> TransfersAsync(string origin, string transferId, CancellationToken cancellationToken);

    /// <summary>The small facts whose names begin with a text (<see cref="JournalBatch.Notes"/>), by name.</summary>
    ValueTask<IReadOnlyList<JournalNote>> NotesAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Orders of operators, newest first.</summary>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersAsync(long? before, int limit, CancellationToken cancellationToken);

    /// <summary>The orders about a delivery, oldest first.</summary>
    ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersOfAsync(string deliveryId, CancellationToken cancellationToken);

    /// <summary>Failures after a sequence that a participant may see (it is the origin or handed the transfer in), oldest first.</summary>
    ValueTask<IReadOnlyList<FailureRecord>> FailuresSinceAsync(
        string participant, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Notices that are not resolved, and those that were after an instant, in the order in which they were opened.</summary>
    ValueTask<IReadOnlyList<NoticeRecord>> RecentNoticesAsync(DateTimeOffset resolvedAfter, CancellationToken cancellationToken);

    /// <summary>Notices, newest first.</summary>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    /// <param name="openOnly">Only those that are not resolved.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<NoticeRecord>> NoticesAsync(long? before, bool openOnly, int limit, CancellationToken cancellationToken);

    /// <summary>Stages of notices after a number, in order.</summary>
    ValueTask<IReadOnlyList<Notice>> NoticeStagesSinceAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The last place in each order that somebody follows by a cursor.</summary>
    ValueTask<FeedHeads> FeedHeadsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The deliveries of some states by state, destination and reason; of failed ones only those whose payload is kept, which somebody can
    /// take up again.
    /// </summary>
    ValueTask<IReadOnlyList<DeliveryGroup>> DeliveryGroupsAsync(
        IReadOnlyList<DeliveryState> states, CancellationToken cancellationToken);

    /// <summary>The standing orders in force, by subject.</summary>
    ValueTask<IReadOnlyList<StandingOrderRecord>> StandingOrdersAsync(CancellationToken cancellationToken);

    /// <summary>The newest standing orders, lifted and replaced ones included, newest first.</summary>
    ValueTask<IReadOnlyList<StandingOrderRecord>> NewestStandingOrdersAsync(int limit, CancellationToken cancellationToken);

    /// <summary>One order to replay.</summary>
    ValueTask<ReplayOrderRecord?> FindReplayAsync(string orderId, CancellationToken cancellationToken);

    /// <summary>Orders to replay, newest first.</summary>
    ValueTask<IReadOnlyList<ReplayOrderRecord>> ReplaysAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The orders to replay that run, oldest first.</summary>
    ValueTask<IReadOnlyList<ReplayOrderRecord>> RunningReplaysAsync(CancellationToken cancellationToken);

    /// <summary>The delivery of an order to replay whose turn is next; null when all have had theirs.</summary>
    ValueTask<ReplayItemRecord?> NextReplayItemAsync(string orderId, CancellationToken cancellationToken);

    /// <summary>Deliveries of an order to replay, in the order of their turns, after one.</summary>
    ValueTask<IReadOnlyList<ReplayItemRecord>> ReplayItemsAsync(
        string orderId, int after, int limit, CancellationToken cancellationToken);

    /// <summary>How far an order to replay is.</summary>
    ValueTask<ReplayProgress> ReplayProgressAsync(string orderId, CancellationToken cancellationToken);

    /// <summary>Whether a delivery of the transfer waits for its turn in an order to replay that runs.</summary>
    ValueTask<bool> IsReplayPendingAsync(TransferIdentity identity, CancellationToken cancellationToken);

    /// <summary>All unfinished uploads, with what is durable of them.</summary>
    ValueTask<IReadOnlyList<OpenUpload>> OpenUploadsAsync(CancellationToken cancellationToken);

    /// <summary>How much of each origin is kept, and how much was accepted at or after an instant.</summary>
    ValueTask<IReadOnlyList<AcceptedBytes>> AcceptedBytesAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
