using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>operator_order</c>.</summary>
static class OrderRow
{
    const string Columns =
        "at, operator, order_kind, reason, delivery_id, origin, transfer_id, transfer_receiver, transfer_replay, from_state, to_state";

    static readonly string Insert = $"INSERT INTO operator_order ({Columns}) VALUES ({ColumnValue.Placeholders(Columns)})";

    public static void Add(SqliteSession session, OperatorOrderRecord record) => session.Execute(
        Insert,
        Instant.Format(record.At), record.Operator, record.Order.ToString(), record.Reason, record.DeliveryId, record.Transfer.Origin,
        record.Transfer.TransferId, record.Transfer.Receiver, record.Transfer.Replay, record.From.ToString(), record.To.ToString());

    public static List<OperatorOrderRecord> Newest(SqliteSession session, long? before, int limit) => session.Query(
        $"SELECT number, {Columns} FROM operator_order WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
        Read,
        before ?? long.MaxValue, limit);

    public static List<OperatorOrderRecord> Of(SqliteSession session, string deliveryId) => session.Query(
        $"SELECT number, {Columns} FROM operator_order WHERE delivery_id = ?1 ORDER BY number", Read, deliveryId);

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static OperatorOrderRecord Read(ref RowReader row) => new()
    {
        Number = row.Number(),
        At = row.At(),
        Operator = row.Text(),
        Order = row.State<OrderKind>(),
        Reason = row.Text(),
        DeliveryId = row.Text(),
        Transfer = row.Identity(),
        From = row.State<DeliveryState>(),
        To = row.State<DeliveryState>(),
    };
}
