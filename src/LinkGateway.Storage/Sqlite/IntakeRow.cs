using LinkGateway.Core.Intake;

namespace LinkGateway.Storage.Sqlite;

/// <summary>What is counted against limits and quotas, over the tables <c>transfer</c> and <c>chunk</c>.</summary>
static class IntakeRow
{
    public static List<OpenUpload> Open(SqliteSession session) => session.Query(
        $"""
        SELECT t.origin, t.transfer_id, t.receiver, t.replay, t.submitted_by, coalesce(t.size, 0),
            coalesce((SELECT sum(c.length) FROM chunk c WHERE c.payload_id = t.payload_id), 0)
        FROM transfer t WHERE t.{Schema.Unfinished}
        """,
        (ref RowReader row) => new OpenUpload(row.Identity(), row.Text(), row.Number(), row.Number()));

    public static List<AcceptedBytes> Accepted(SqliteSession session, DateTimeOffset since) => session.Query(
        $"""
        SELECT origin, submitted_by, sum(kept), sum(recent) FROM (
            SELECT origin, submitted_by, size AS kept, 0 AS recent FROM transfer WHERE {Schema.Kept}
            UNION ALL
            SELECT origin, submitted_by, 0, size FROM transfer WHERE {Schema.WasAccepted} AND accepted_at > ?1)
        GROUP BY origin, submitted_by
        """,
        (ref RowReader row) => new AcceptedBytes(row.Text(), row.Text(), row.Number(), row.Number()),
        Instant.UpperBound(since.AddTicks(-1)));
}
