using System.Text.Json;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Tables <c>notice</c>, one row a notice, and <c>notice_stage</c>, to which rows are added only.</summary>
static class NoticeRow
{
    const string Open = "resolved_at IS NULL";

    public static void Put(SqliteSession session, NoticeRecord record) => session.Execute(
        """
        INSERT INTO notice (notice_id, resolved_at, content) VALUES (?1, ?2, ?3)
        ON CONFLICT (notice_id) DO UPDATE SET resolved_at = excluded.resolved_at, content = excluded.content
        """,
        record.NoticeId, ColumnValue.Of(record.ResolvedAt), JsonSerializer.Serialize(record, JournalJson.Default.NoticeRecord));

    public static void AddStage(SqliteSession session, Notice stage) => session.Execute(
        "INSERT INTO notice_stage (at, content) VALUES (?1, ?2)",
        Instant.Format(stage.At), JsonSerializer.Serialize(stage, JournalJson.Default.Notice));

    public static void Forget(SqliteSession session, DateTimeOffset before)
    {
        session.Execute("DELETE FROM notice WHERE resolved_at <= ?1", Instant.UpperBound(before));
        session.Execute("DELETE FROM notice_stage WHERE at <= ?1", Instant.UpperBound(before));
    }

    public static List<NoticeRecord> Recent(SqliteSession session, DateTimeOffset resolvedAfter) => session.Query(
        $"SELECT number, content FROM notice WHERE {Open} OR resolved_at > ?1 ORDER BY number", Read, Instant.UpperBound(resolvedAfter));

    public static List<NoticeRecord> Newest(SqliteSession session, long? before, bool openOnly, int limit) => session.Query(
        $"SELECT number, content FROM notice WHERE number < ?1{(openOnly ? $" AND {Open}" : "")} ORDER BY number DESC LIMIT ?2",
        Read,
        before ?? long.MaxValue, limit);

    public static List<Notice> StagesSince(SqliteSession session, long after, int limit) => session.Query(
        "SELECT number, content FROM notice_stage WHERE number > ?1 ORDER BY number LIMIT ?2",
        (ref RowReader row) =>
        {
            var number = row.Number();
            return JsonSerializer.Deserialize(row.Text(), JournalJson.Default.Notice)! with { Number = number };
        },
        after, limit);

    static NoticeRecord Read(ref RowReader row)
    {
        var number = row.Number();
        return JsonSerializer.Deserialize(row.Text(), JournalJson.Default.NoticeRecord)! with { Number = number };
    }
}
