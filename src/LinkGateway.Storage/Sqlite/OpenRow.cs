using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>What forecasts and lists of expected files ask: transfers and deliveries by interface.</summary>
/// <remarks>Asked twice a minute, so the indexes are named: only what is open is read, not all that was ever delivered.</remarks>
static class OpenRow
{
    const string IsOurs = "d.state IN ('Waiting', 'Sending', 'InDoubt', 'Publishing') AND d.offered_at IS NULL";

    /// <summary>What is not over, in groups.</summary>
    public static List<OpenDeliveries> Groups(SqliteSession session) => session.Query(
        $"""
        SELECT d.destination_id, d.origin, t.interface_id, d.receiver, ({IsOurs}) AS ours,
            count(*), sum(coalesce(t.size, 0)), min(t.accepted_at), max(t.accepted_at)
        FROM delivery d INDEXED BY delivery_state CROSS JOIN transfer t ON t.origin = d.origin AND t.transfer_id = d.transfer_id
            AND t.receiver = d.transfer_receiver AND t.replay = d.transfer_replay
        WHERE d.state IN ('Waiting', 'Sending', 'InDoubt', 'Publishing', 'HandedOver', 'Held')
            AND t.accepted_at IS NOT NULL AND t.payload_id = d.payload_id
        GROUP BY d.destination_id, d.origin, t.interface_id, d.receiver, ours
        """,
        (ref RowReader row) => new OpenDeliveries(
            row.Text(), row.Text(), row.Text(), row.Text(), row.Flag(), row.Number(), row.Number(), row.At(), row.At()));

    /// <summary>When the first one since an instant was accepted.</summary>
    public static DateTimeOffset? FirstAccepted(
        SqliteSession session, string origin, string interfaceId, string? receiver, DateTimeOffset since)
    {
        var forReceiver = receiver is null
            ? ""
            : "AND EXISTS (SELECT 1 FROM delivery d WHERE d.payload_id = t.payload_id AND d.receiver = ?4)";
        var first = session.Query(
            $"""
            SELECT accepted_at FROM transfer t INDEXED BY transfer_interface
            WHERE origin = ?1 AND interface_id = ?2 AND accepted_at >= ?3 AND state = 'Accepted' AND replay = 0 {forReceiver}
            ORDER BY accepted_at LIMIT 1
            """,
            (ref RowReader row) => row.At(),
            [origin, interfaceId, Instant.Format(since.ToUniversalTime()), .. receiver is null ? [] : (object?[])[receiver]]);
        return first.Count == 0 ? null : first[0];
    }
}
