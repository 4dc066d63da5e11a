using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>A change that waits for the writer, and the caller that waits for the change.</summary>
/// <param name="apply">Makes the change; throws <see cref="JournalConflictException"/> when it cannot be made.</param>
sealed class JournalChange(Action<SqliteSession> apply)
{
    // The writer must not run its callers' code.
    readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    /// <summary>Why the change was undone; null when it goes with its group.</summary>
    public Exception? Refusal { get; set; }

    public static JournalChange Of(JournalBatch batch) => new(session => Apply(session, batch));

    public void Apply(SqliteSession session) => apply(session);

    /// <summary>Tells the caller, after the commit.</summary>
    public void Complete(Exception? groupFailure)
    {
        if ((Refusal ?? groupFailure) is { } failure) _done.SetException(failure);
        else _done.SetResult();
    }

    static void Apply(SqliteSession session, JournalBatch batch)
    {
        foreach (var transfer in batch.Transfers)
        {
            if (!TransferRow.Put(session, transfer)) throw new JournalConflictException($"{transfer.Identity} version {transfer.Version}");
        }

        foreach (var delivery in batch.Deliveries)
        {
            if (!DeliveryRow.Put(session, delivery))
            {
                throw new JournalConflictException($"delivery {delivery.DeliveryId} version {delivery.Version}");
            }
        }

        foreach (var transfer in batch.Forgotten)
        {
            if (!PastRow.Forget(session, transfer)) throw new JournalConflictException($"{transfer.Identity} version {transfer.Version}");
        }

        foreach (var payloadId in batch.DroppedPayloads) PayloadRow.Drop(session, payloadId);
        foreach (var payloadId in batch.EmptiedPayloads) PayloadRow.Empty(session, payloadId);
        foreach (var (payloadId, at) in batch.Strays) StrayRow.Put(session, payloadId, at);
        foreach (var payloadId in batch.RemovedStrays) StrayRow.Remove(session, payloadId);
        foreach (var (payloadId, chunk) in batch.Chunks) PayloadRow.PutChunk(session, payloadId, chunk);
        foreach (var (payloadId, bytes) in batch.InlinePayloads) PayloadRow.PutInline(session, payloadId, bytes);
        foreach (var receipt in batch.Receipts) ReceiptRow.Add(session, receipt);
        foreach (var (destinationId, cursor) in batch.PeerCursors) PeerCursorRow.Put(session, destinationId, cursor);
        foreach (var entry in batch.Events) EventRow.Add(session, entry);
        foreach (var failure in batch.Failures) FailureRow.Add(session, failure);
        foreach (var entry in batch.Purged) PurgeRow.Add(session, entry);
        if (batch.PurgedStatedTo is { } stated) PurgeRow.Forget(session, stated);
        foreach (var (transfer, archive) in batch.Archived) ArchivedRow.Put(session, transfer, archive);
        foreach (var note in batch.Notes) NoteRow.Put(session, note);
        foreach (var order in batch.Orders) OrderRow.Add(session, order);
        foreach (var notice in batch.Notices) NoticeRow.Put(session, notice);
        foreach (var stage in batch.NoticeStages) NoticeRow.AddStage(session, stage);
        if (batch.NoticesBefore is { } before) NoticeRow.Forget(session, before);
        foreach (var order in batch.StandingOrders) StandingOrderRow.Add(session, order);
        foreach (var replay in batch.Replays)
        {
            if (!ReplayRow.Put(session, replay)) throw new JournalConflictException($"replay {replay.OrderId} version {replay.Version}");
        }

        foreach (var item in batch.ReplayItems)
        {
            if (!ReplayItemRow.Put(session, item)) throw new JournalConflictException($"replay {item.OrderId} delivery {item.DeliveryId}");
        }
    }
}
