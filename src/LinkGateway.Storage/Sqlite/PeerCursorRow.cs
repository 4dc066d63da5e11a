namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>peer_cursor</c>.</summary>
static class PeerCursorRow
{
    public static void Put(SqliteSession session, string destinationId, string cursor) => session.Execute(
        "INSERT INTO peer_cursor (destination_id, cursor) VALUES (?1, ?2) " +
        "ON CONFLICT (destination_id) DO UPDATE SET cursor = excluded.cursor",
        destinationId, cursor);

    public static string? Find(SqliteSession session, string destinationId)
    {
        var rows = session.Query(
            "SELECT cursor FROM peer_cursor WHERE destination_id = ?1", (ref RowReader row) => row.Text(), destinationId);
        return rows.Count == 0 ? null : rows[0];
    }
}
