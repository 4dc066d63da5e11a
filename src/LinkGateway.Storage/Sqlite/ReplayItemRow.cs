using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>replay_item</c>.</summary>
static class ReplayItemRow
{
    const string Columns = "order_id, place, delivery_id, state, set_replay, carried_out_by, text";

    static readonly string Placeholders = ColumnValue.Placeholders(Columns);
    static readonly string Insert = $"INSERT INTO replay_item ({Columns}) VALUES ({Placeholders}) ON CONFLICT DO NOTHING";
    static readonly string Update =
        $"UPDATE replay_item SET ({Columns}) = ({Placeholders}) WHERE order_id = ?1 AND place = ?2 AND {Schema.ReplayWaits}";

    /// <summary>Inserts what is pending, else updates what was; false when there is none.</summary>
    public static bool Put(SqliteSession session, ReplayItemRecord record) => session.Execute(
        record.State == ReplayItemState.Pending ? Insert : Update,
        record.OrderId, record.Place, record.DeliveryId, record.State.ToString(), record.SetReplay, record.CarriedOutBy, record.Text) == 1;

    public static ReplayItemRecord? Next(SqliteSession session, string orderId)
    {
        var rows = session.Query(
            $"SELECT {Columns} FROM replay_item WHERE order_id = ?1 AND {Schema.ReplayWaits} ORDER BY place LIMIT 1", Read, orderId);
        return rows.Count == 0 ? null : rows[0];
    }

    public static List<ReplayItemRecord> Of(SqliteSession session, string orderId, int after, int limit) => session.Query(
        $"SELECT {Columns} FROM replay_item WHERE order_id = ?1 AND place > ?2 ORDER BY place LIMIT ?3", Read, orderId, after, limit);

    public static bool IsPending(SqliteSession session, TransferIdentity transfer) => session.Scalar(
        $"""
        SELECT EXISTS (SELECT 1 FROM delivery d JOIN replay_item i ON i.delivery_id = d.delivery_id JOIN replay r USING (order_id)
            WHERE d.origin = ?1 AND d.transfer_id = ?2 AND d.transfer_receiver = ?3 AND d.transfer_replay = ?4
                AND i.{Schema.ReplayWaits} AND r.{Schema.ReplayRuns})
        """,
        transfer.Origin, transfer.TransferId, transfer.Receiver, transfer.Replay) != 0;

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static ReplayItemRecord Read(ref RowReader row) => new()
    {
        OrderId = row.Text(),
        Place = row.Small(),
        DeliveryId = row.Text(),
        State = row.State<ReplayItemState>(),
        SetReplay = row.SmallOrNull(),
        CarriedOutBy = row.TextOrNull(),
        Text = row.TextOrNull(),
    };
}
