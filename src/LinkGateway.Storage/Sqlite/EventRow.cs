using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>event</c>.</summary>
static class EventRow
{
    public static void Add(SqliteSession session, JournalEvent entry) => session.Execute(
        """
        INSERT INTO event (at, origin, transfer_id, transfer_receiver, transfer_replay, delivery_id, from_state, to_state, detail)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """,
        Instant.Format(entry.At), entry.Transfer.Origin, entry.Transfer.TransferId, entry.Transfer.Receiver, entry.Transfer.Replay,
        entry.DeliveryId, entry.From, entry.To, entry.Detail);

    public static List<JournalEvent> Of(SqliteSession session, TransferIdentity transfer) => session.Query(
        """
        SELECT at, origin, transfer_id, transfer_receiver, transfer_replay, delivery_id, from_state, to_state, detail FROM event
        WHERE origin = ?1 AND transfer_id = ?2 AND transfer_receiver = ?3 AND transfer_replay = ?4 ORDER BY event_id
        """,
        (ref RowReader row) => new JournalEvent(row.At(), row.Identity(), row.TextOrNull(), row.Text(), row.Text(), row.Text()),
        transfer.Origin, transfer.TransferId, transfer.Receiver, transfer.Replay);
}
