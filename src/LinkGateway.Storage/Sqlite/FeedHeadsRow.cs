using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>The last numbers that were given, those of rows that are gone included.</summary>
static class FeedHeadsRow
{
    public static FeedHeads Read(SqliteSession session) =>
        new(Last(session, "receipt"), Last(session, "delivery_failure"), Last(session, "notice_stage"));

    static long Last(SqliteSession session, string table) =>
        session.Scalar("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?1), 0)", table);
}
