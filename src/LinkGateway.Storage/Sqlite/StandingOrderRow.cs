using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>standing_order</c>: rows are added only, the newest of a subject is in force.</summary>
static class StandingOrderRow
{
    const string Columns = "at, operator, subject, value, reason";

    static readonly string Insert = $"INSERT INTO standing_order ({Columns}) VALUES ({ColumnValue.Placeholders(Columns)})";

    public static void Add(SqliteSession session, StandingOrderRecord record) => session.Execute(
        Insert, Instant.Format(record.At), record.Operator, record.Subject, record.Value, record.Reason);

    public static List<StandingOrderRecord> InForce(SqliteSession session) => session.Query(
        $"""
        SELECT number, {Columns} FROM standing_order WHERE number IN (SELECT max(number) FROM standing_order GROUP BY subject)
            AND value IS NOT NULL ORDER BY subject
        """,
        Read);

    public static List<StandingOrderRecord> Newest(SqliteSession session, int limit) => session.Query(
        $"SELECT number, {Columns} FROM standing_order ORDER BY number DESC LIMIT ?1", Read, limit);

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static StandingOrderRecord Read(ref RowReader row) => new()
    {
        Number = row.Number(),
        At = row.At(),
        Operator = row.Text(),
        Subject = row.Text(),
        Value = row.TextOrNull(),
        Reason = row.Text(),
    };
}
