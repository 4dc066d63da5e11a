using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Removes a transfer with everything that belongs to it, from all tables.</summary>
static class PastRow
{
    const string HasTransfer = "origin = ?1 AND transfer_id = ?2 AND transfer_receiver = ?3 AND transfer_replay = ?4";

    /// <summary>Removes it; false when the row does not have the version expected.</summary>
    public static bool Forget(SqliteSession session, TransferRecord transfer)
    {
        var id = transfer.Identity;
        object?[] key = [id.Origin, id.TransferId, id.Receiver, id.Replay];
        if (session.Execute(
            "DELETE FROM transfer WHERE origin = ?1 AND transfer_id = ?2 AND receiver = ?3 AND replay = ?4 AND version = ?5",
            [.. key, transfer.Version]) != 1) return false;
        PayloadRow.Drop(session, transfer.PayloadId);
        foreach (var table in (string[])["operator_order", "replay_item"])
            session.Execute($"DELETE FROM {table} WHERE delivery_id IN (SELECT delivery_id FROM delivery WHERE {HasTransfer})", key);
        foreach (var table in (string[])["delivery", "receipt", "event", "delivery_failure"])
            session.Execute($"DELETE FROM {table} WHERE {HasTransfer}", key);
        return true;
    }
}
