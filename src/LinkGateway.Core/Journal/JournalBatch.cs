using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Notices;

namespace LinkGateway.Core.Journal;

/// <summary>Changes that become durable together or not at all.</summary>
/// <remarks>
/// An update of a transfer or a delivery names the version that it builds on by <c>Version = old + 1</c>; a new row has version 1. If any
/// row does not have the version expected, nothing of the batch is applied (<see cref="JournalConflictException"/>).
/// </remarks>
public sealed class JournalBatch
{
    /// <summary>Transfers to insert (version 1) or update.</summary>
    public IList<TransferRecord> Transfers { get; } = [];

    /// <summary>Deliveries to insert (version 1) or update.</summary>
    public IList<DeliveryRecord> Deliveries { get; } = [];

    /// <summary>Chunks that became durable, with the payload's id.</summary>
    public IList<(string PayloadId, ChunkRecord Chunk)> Chunks { get; } = [];

    /// <summary>Small payloads that ride in the journal, with the payload's id.</summary>
    public IList<(string PayloadId, ReadOnlyMemory<byte> Bytes)> InlinePayloads { get; } = [];

    /// <summary>Payloads whose chunk entries and inline bytes go.</summary>
    public IList<string> DroppedPayloads { get; } = [];

    /// <summary>Payloads whose inline bytes go; their chunk entries stay, so that what is sent again is still recognised.</summary>
    public IList<string> EmptiedPayloads { get; } = [];

    /// <summary>Payloads in the store that nothing here names, and when they were found; one that was found before is skipped.</summary>
    public IList<(string PayloadId, DateTimeOffset At)> Strays { get; } = [];

    /// <summary>Strays that are gone.</summary>
    public IList<string> RemovedStrays { get; } = [];

    /// <summary>
    /// Transfers that are forgotten with everything that belongs to them: deliveries, receipts, events, orders. A row that has another
    /// version by now is a conflict.
    /// </summary>
    public IList<TransferRecord> Forgotten { get; } = [];

    /// <summary>Receipts; one whose receipt id is held already is skipped.</summary>
    public IList<ReceiptRecord> Receipts { get; } = [];

    /// <summary>Cursors into the receipts of peers, by destination id.</summary>
    public IList<(string DestinationId, string Cursor)> PeerCursors { get; } = [];

    /// <summary>Events, in order.</summary>
    public IList<JournalEvent> Events { get; } = [];

    /// <summary>Deliveries that have failed, in the commit that moves them.</summary>
    public IList<FailureRecord> Failures { get; } = [];

    /// <summary>Notices to operators, new or changed.</summary>
    public IList<NoticeRecord> Notices { get; } = [];

    /// <summary>Stages of notices that are to be told, in order; each is given its number.</summary>
    public IList<Notice> NoticeStages { get; } = [];

    /// <summary>Notices that were resolved before, and stages that were told before, are forgotten; null: none.</summary>
    public DateTimeOffset? NoticesBefore { get; set; }

    /// <summary>What is removed, to be stated later.</summary>
    public IList<PurgeEntry> Purged { get; } = [];

    /// <summary>Up to this number what was removed is stated, and need not be remembered any more.</summary>
    public long? PurgedStatedTo { get; set; }

    /// <summary>Transfers that were written into an archive file, by its name.</summary>
    public IList<(TransferIdentity Transfer, string Archive)> Archived { get; } = [];

    /// <summary>Small facts to keep under their names, or to take away.</summary>
    public IList<JournalNote> Notes { get; } = [];

    /// <summary>Orders of operators, in the commit that carries them out.</summary>
    public IList<OperatorOrderRecord> Orders { get; } = [];

    /// <summary>Orders until further notice, and their ends.</summary>
    public IList<StandingOrderRecord> StandingOrders { get; } = [];

    /// <summary>Orders to replay, to insert (version 1) or update.</summary>
    public IList<ReplayOrderRecord> Replays { get; } = [];

    /// <summary>
    /// Deliveries of orders to replay: new ones, which are pending, or what became of one that is pending; of any other it is a conflict.
    /// </summary>
    public IList<ReplayItemRecord> ReplayItems { get; } = [];
}
