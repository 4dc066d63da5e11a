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
        foreach (var order in batch.Orders) OrderRow.Add(session, order);
        foreach (var order in batch.StandingOrders) StandingOrderRow.Add(session, order);
    }
}
