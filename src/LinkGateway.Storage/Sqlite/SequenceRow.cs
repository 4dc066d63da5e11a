using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Rows of <c>delivery</c> by the sequence in which they reach their receiver; each query is one look-up.</summary>
static class SequenceRow
{
    public static List<DeliveryRecord> Open(SqliteSession session, string key, string? from, int limit) =>
        session.Query(OpenQuery, DeliveryRow.Read, key, from ?? "", limit);

    public static DeliveryRecord? LastDone(SqliteSession session, string key) =>
        session.Query(LastDoneQuery, DeliveryRow.Read, key).FirstOrDefault();

    public static bool IsSkipped(SqliteSession session, string key, string place) =>
        session.Query(SkippedQuery, (ref RowReader row) => row.Number(), key, place).Count > 0;

    public static string? NextOpen(SqliteSession session, string? after) =>
        session.Query(NextOpenQuery, (ref RowReader row) => row.Text(), after ?? "").FirstOrDefault();

    internal const string OpenQuery =
        $"""
        SELECT {DeliveryRow.Columns} FROM delivery WHERE {Schema.OpenInSequence} AND sequence_key = ?1 AND sequence_place >= ?2
        ORDER BY sequence_place, created_at, delivery_id LIMIT ?3
        """;

    internal const string LastDoneQuery =
        $"""
        SELECT {DeliveryRow.Columns} FROM delivery WHERE {Schema.DoneInSequence} AND sequence_key = ?1
        ORDER BY sequence_place DESC LIMIT 1
        """;

    internal const string SkippedQuery =
        $"SELECT 1 FROM delivery WHERE {Schema.SkippedInSequence} AND sequence_key = ?1 AND sequence_place = ?2 LIMIT 1";

    internal const string NextOpenQuery =
        $"SELECT sequence_key FROM delivery WHERE {Schema.OpenInSequence} AND sequence_key > ?1 ORDER BY sequence_key LIMIT 1";
}
