namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>stray_payload</c>: what lies in the payload store though nothing here names it.</summary>
static class StrayRow
{
    public static void Put(SqliteSession session, string payloadId, DateTimeOffset at) => session.Execute(
        "INSERT INTO stray_payload (payload_id, found_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING", payloadId, Instant.Format(at));

    public static void Remove(SqliteSession session, string payloadId) =>
        session.Execute("DELETE FROM stray_payload WHERE payload_id = ?1", payloadId);

    /// <summary>Whether no transfer and no delivery names the payload, in whatever state.</summary>
    public static bool IsStray(SqliteSession session, string payloadId) => session.Scalar(
        """
        SELECT NOT EXISTS (SELECT 1 FROM transfer WHERE payload_id = ?1) AND NOT EXISTS (SELECT 1 FROM delivery WHERE payload_id = ?1)
        """,
        payloadId) != 0;

    public static DateTimeOffset? FoundAt(SqliteSession session, string payloadId)
    {
        var rows = session.Query(
            "SELECT found_at FROM stray_payload WHERE payload_id = ?1", (ref RowReader row) => row.At(), payloadId);
        return rows.Count == 0 ? null : rows[0];
    }
}
