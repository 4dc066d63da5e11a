using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>delivery_failure</c>: what origins are told by callback. A sequence number is never given twice.</summary>
static class FailureRow
{
    const string Columns =
        "at, origin, transfer_id, transfer_receiver, transfer_replay, delivery_id, receiver, replay, state, code, text";

    static readonly string Insert = $"INSERT INTO delivery_failure ({Columns}) VALUES ({ColumnValue.Placeholders(Columns)})";

    public static void Add(SqliteSession session, FailureRecord record) => session.Execute(
        Insert,
        Instant.Format(record.At), record.Transfer.Origin, record.Transfer.TransferId, record.Transfer.Receiver, record.Transfer.Replay,
        record.DeliveryId, record.Receiver, record.Replay, record.State.ToString(), record.Code, record.Text);

    // There are few, and a participant is told of them one page after the other.
    public static List<FailureRecord> Since(SqliteSession session, string participant, long after, int limit) => session.Query(
        $"""
        SELECT sequence, {Columns} FROM delivery_failure f
        WHERE sequence > ?2 AND (origin = ?1 OR EXISTS (SELECT 1 FROM transfer t WHERE t.origin = f.origin AND t.transfer_id = f.transfer_id
            AND t.receiver = f.transfer_receiver AND t.replay = f.transfer_replay AND t.submitted_by = ?1))
        ORDER BY sequence LIMIT ?3
        """,
        Read,
        participant, after, limit);

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static FailureRecord Read(ref RowReader row) => new()
    {
        Sequence = row.Number(),
        At = row.At(),
        Transfer = row.Identity(),
        DeliveryId = row.Text(),
        Receiver = row.Text(),
        Replay = row.Small(),
        State = row.State<DeliveryState>(),
        Code = row.Text(),
        Text = row.Text(),
    };
}
