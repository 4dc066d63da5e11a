using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>replay</c>.</summary>
static class ReplayRow
{
    const string Columns = "order_id, version, at, operator, reason, request, destination, rate, state, end_text";

    static readonly string Placeholders = ColumnValue.Placeholders(Columns);
    static readonly string Insert = $"INSERT INTO replay ({Columns}) VALUES ({Placeholders}) ON CONFLICT DO NOTHING";
    static readonly string Update = $"UPDATE replay SET ({Columns}) = ({Placeholders}) WHERE order_id = ?1 AND version = ?2 - 1";

    /// <summary>Inserts or updates; false when the row does not have the version expected.</summary>
    public static bool Put(SqliteSession session, ReplayOrderRecord record) => session.Execute(
        record.Version == 1 ? Insert : Update,
        record.OrderId, record.Version, Instant.Format(record.At), record.Operator, record.Reason, record.Request, record.To, record.Rate,
        record.State.ToString(), record.EndText) == 1;

    public static ReplayOrderRecord? Find(SqliteSession session, string orderId)
    {
        var rows = session.Query($"SELECT {Columns} FROM replay WHERE order_id = ?1", Read, orderId);
        return rows.Count == 0 ? null : rows[0];
    }

    public static List<ReplayOrderRecord> Newest(SqliteSession session, int limit) =>
        session.Query($"SELECT {Columns} FROM replay ORDER BY at DESC, rowid DESC LIMIT ?1", Read, limit);

    public static List<ReplayOrderRecord> Running(SqliteSession session) =>
        session.Query($"SELECT {Columns} FROM replay WHERE {Schema.ReplayRuns} ORDER BY at, rowid", Read);

    /// <summary>How far an order is.</summary>
    public static ReplayProgress Progress(SqliteSession session, string orderId) => new(
        session
            .Query(
                "SELECT state, count(*) FROM replay_item WHERE order_id = ?1 GROUP BY state",
                (ref RowReader row) => KeyValuePair.Create(row.State<ReplayItemState>(), row.Number()), orderId)
            .ToDictionary(),
        session
            .Query(
                """
                SELECT d.state, count(*) FROM replay_item i JOIN delivery d ON d.delivery_id = i.carried_out_by
                WHERE i.order_id = ?1 GROUP BY d.state
                """,
                (ref RowReader row) => KeyValuePair.Create(row.State<DeliveryState>(), row.Number()), orderId)
            .ToDictionary());

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static ReplayOrderRecord Read(ref RowReader row) => new()
    {
        OrderId = row.Text(),
        Version = row.Number(),
        At = row.At(),
        Operator = row.Text(),
        Reason = row.Text(),
        Request = row.Text(),
        To = row.TextOrNull(),
        Rate = row.Small(),
        State = row.State<ReplayState>(),
        EndText = row.TextOrNull(),
    };
}
