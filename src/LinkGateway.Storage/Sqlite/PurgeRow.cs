using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>purge_entry</c>: what was removed and is not stated yet.</summary>
static class PurgeRow
{
    public static void Add(SqliteSession session, PurgeEntry entry) => session.Execute(
        """
        INSERT INTO purge_entry (at, what, origin, transfer_id, receiver, replay, name, size, sha256, rule)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """,
        Instant.Format(entry.At), entry.What, entry.Transfer?.Origin, entry.Transfer?.TransferId, entry.Transfer?.Receiver,
        entry.Transfer?.Replay, entry.Name, entry.Size, entry.Sha256?.ToArray(), entry.Rule);

    public static List<PurgeEntry> Oldest(SqliteSession session, int limit) => session.Query(
        """
        SELECT number, at, what, origin, transfer_id, receiver, replay, name, size, sha256, rule FROM purge_entry
        ORDER BY number LIMIT ?1
        """,
        Read,
        limit);

    /// <summary>Removes those up to a number.</summary>
    public static void Forget(SqliteSession session, long to) => session.Execute("DELETE FROM purge_entry WHERE number <= ?1", to);

    static PurgeEntry Read(ref RowReader row)
    {
        var (number, at, what) = (row.Number(), row.At(), row.Text());
        var (origin, transferId, receiver, replay) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.NumberOrNull());
        var transfer = origin is null ? null : new TransferIdentity(origin, transferId!, receiver!, (int)replay!);
        return new PurgeEntry(at, what, transfer, row.TextOrNull(), row.NumberOrNull(), row.DigestOrNull(), row.Text()) { Number = number };
    }
}
