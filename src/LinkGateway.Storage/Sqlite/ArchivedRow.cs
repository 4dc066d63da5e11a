using LinkGateway.Contract.Identity;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>archived_transfer</c>: in which archive files forgotten transfers are.</summary>
static class ArchivedRow
{
    public static void Put(SqliteSession session, TransferIdentity transfer, string archive) => session.Execute(
        """
        INSERT INTO archived_transfer (origin, transfer_id, receiver, replay, archive) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
        """,
        transfer.Origin, transfer.TransferId, transfer.Receiver, transfer.Replay, archive);

    public static List<string> Of(SqliteSession session, string origin, string transferId) => session.Query(
        "SELECT DISTINCT archive FROM archived_transfer WHERE origin = ?1 AND transfer_id = ?2 ORDER BY archive",
        (ref RowReader row) => row.Text(),
        origin, transferId);
}
