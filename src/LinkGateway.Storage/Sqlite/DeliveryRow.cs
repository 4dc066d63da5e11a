using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>delivery</c>.</summary>
/// <remarks>
/// What the gateway asks again and again names its index: left to itself SQLite takes the one of states, and reads all that was ever
/// delivered in order to find that no job is due.
/// </remarks>
static class DeliveryRow
{
    const string Columns =
        "delivery_id, version, origin, transfer_id, transfer_receiver, transfer_replay, payload_id, receiver, replay, destination_id, " +
        "state, attempts, next_attempt_at, lease_owner, lease_until, last_error_code, last_error_text, published_name, created_at, " +
        "updated_at, doubts, intention, intention_reason, offered_at, lease_token, receiver_reference, set_key, folder, interface_id, " +
        "begins";

    const string LaneColumns = "destination_id, origin, interface_id, receiver, begins";

    const string Free = "(lease_owner IS NULL OR lease_until IS NULL OR lease_until <= ?1)";

    // A few steps of the index for each lane, however much waits in it: from the first row of one lane to the first row after it, by its
    // last column that grows. In one comparison of all columns SQLite would use the first column alone, and read through the lanes. The
    // index holds the leased ones too; they are as few as the workers, so stepping over them costs nothing.
    internal const string DueLanesQuery = $"""
        WITH RECURSIVE lane (first) AS (
            SELECT (SELECT rowid FROM delivery INDEXED BY delivery_lane WHERE {Schema.WaitsForClock} ORDER BY {LaneColumns} LIMIT 1)
            UNION ALL
            SELECT coalesce(
                (SELECT rowid FROM delivery INDEXED BY delivery_lane
                    WHERE {Schema.WaitsForClock} AND destination_id = here.destination_id AND origin = here.origin
                        AND interface_id = here.interface_id AND receiver = here.receiver AND begins > here.begins
                    ORDER BY begins LIMIT 1),
                (SELECT rowid FROM delivery INDEXED BY delivery_lane
                    WHERE {Schema.WaitsForClock} AND destination_id = here.destination_id AND origin = here.origin
                        AND interface_id = here.interface_id AND receiver > here.receiver
                    ORDER BY receiver, begins LIMIT 1),
                (SELECT rowid FROM delivery INDEXED BY delivery_lane
                    WHERE {Schema.WaitsForClock} AND destination_id = here.destination_id AND origin = here.origin
                        AND interface_id > here.interface_id
                    ORDER BY interface_id, receiver, begins LIMIT 1),
                (SELECT rowid FROM delivery INDEXED BY delivery_lane
                    WHERE {Schema.WaitsForClock} AND destination_id = here.destination_id AND origin > here.origin
                    ORDER BY origin, interface_id, receiver, begins LIMIT 1),
                (SELECT rowid FROM delivery INDEXED BY delivery_lane
                    WHERE {Schema.WaitsForClock} AND destination_id > here.destination_id
                    ORDER BY {LaneColumns} LIMIT 1))
            FROM lane JOIN delivery here ON here.rowid = lane.first)
        SELECT here.destination_id, here.origin, here.interface_id, here.receiver, here.begins, (
            SELECT next_attempt_at FROM delivery INDEXED BY delivery_lane
            WHERE {Schema.WaitsForClock} AND destination_id = here.destination_id AND origin = here.origin
                AND interface_id = here.interface_id AND receiver = here.receiver AND begins = here.begins
                AND next_attempt_at <= ?1 AND {Free}
            ORDER BY next_attempt_at, delivery_id LIMIT 1)
        FROM lane JOIN delivery here ON here.rowid = lane.first
        """;

    internal const string DueInLaneQuery = $"""
        SELECT {Columns} FROM delivery INDEXED BY delivery_lane
        WHERE {Schema.WaitsForClock} AND destination_id = ?2 AND origin = ?3 AND interface_id = ?4 AND receiver = ?5 AND begins = ?6
            AND next_attempt_at <= ?1 AND {Free}
        ORDER BY next_attempt_at, delivery_id LIMIT ?7
        """;

    internal const string NextDueQuery = $"""
        SELECT next_attempt_at FROM delivery INDEXED BY delivery_due
        WHERE {Schema.WaitsForClock} AND next_attempt_at > ?1 AND (lease_owner IS NULL OR lease_until IS NULL)
        ORDER BY next_attempt_at LIMIT 1
        """;

    static readonly string Placeholders = ColumnValue.Placeholders(Columns);
    static readonly string Insert = $"INSERT INTO delivery ({Columns}) VALUES ({Placeholders}) ON CONFLICT DO NOTHING";
    static readonly string Update =
        $"UPDATE delivery SET ({Columns}) = ({Placeholders}) WHERE delivery_id = ?1 AND version = ?2 - 1";

    /// <summary>Inserts or updates; false when the row does not have the version expected.</summary>
    public static bool Put(SqliteSession session, DeliveryRecord record) =>
        session.Execute(record.Version == 1 ? Insert : Update, Values(record)) == 1;

    public static DeliveryRecord? Find(SqliteSession session, string deliveryId)
    {
        var rows = session.Query($"SELECT {Columns} FROM delivery WHERE delivery_id = ?1", Read, deliveryId);
        return rows.Count == 0 ? null : rows[0];
    }

    public static List<DeliveryRecord> Of(SqliteSession session, TransferIdentity transfer) => session.Query(
        $"""
        SELECT {Columns} FROM delivery
        WHERE origin = ?1 AND transfer_id = ?2 AND transfer_receiver = ?3 AND transfer_replay = ?4 ORDER BY created_at, rowid
        """,
        Read,
        transfer.Origin, transfer.TransferId, transfer.Receiver, transfer.Replay);

    /// <summary>The deliveries of one file set to one receiver, oldest first.</summary>
    public static List<DeliveryRecord> OfSet(SqliteSession session, string setKey) =>
        session.Query($"SELECT {Columns} FROM delivery WHERE set_key = ?1 ORDER BY created_at, rowid", Read, setKey);

    /// <summary>What lies in the inbox of <paramref name="receiver"/> (null: in any), oldest first, after a delivery.</summary>
    public static List<DeliveryRecord> Inbox(SqliteSession session, string? receiver, DeliveryRecord? after, int limit) => session.Query(
        $"""
        SELECT {Columns} FROM delivery INDEXED BY {(receiver is null ? "delivery_offered_all" : "delivery_offered")}
        WHERE {Schema.Offered} AND (offered_at, delivery_id) > (?1, ?2){(receiver is null ? "" : " AND receiver = ?4")}
        ORDER BY offered_at, delivery_id LIMIT ?3
        """,
        Read,
        [ColumnValue.Of(after?.OfferedAt) ?? "", after?.DeliveryId ?? "", limit, .. receiver is null ? [] : (object?[])[receiver]]);

    /// <summary>The lanes in which something is due.</summary>
    public static List<LaneHead> DueLanes(SqliteSession session, DateTimeOffset now) =>
    [
        .. session.Query(DueLanesQuery, (ref RowReader row) => (Lane: row.Lane(), DueAt: row.AtOrNull()), Instant.UpperBound(now))
            .Where(lane => lane.DueAt is not null).Select(lane => new LaneHead(lane.Lane, lane.DueAt!.Value)),
    ];

    public static List<DeliveryRecord> Due(SqliteSession session, Lane lane, DateTimeOffset now, int limit) => session.Query(
        DueInLaneQuery, Read,
        Instant.UpperBound(now), lane.DestinationId, lane.Origin, lane.InterfaceId, lane.Receiver, lane.Begins, limit);

    /// <summary>How much waits to be sent, by lanes.</summary>
    public static List<LaneLoad> Waiting(SqliteSession session) => session.Query(
        $"""
        SELECT {LaneColumns}, count(*) FROM delivery INDEXED BY delivery_state
        WHERE state IN ('Waiting', 'InDoubt') AND offered_at IS NULL GROUP BY {LaneColumns}
        """,
        (ref RowReader row) => new LaneLoad(row.Lane(), row.Number()));

    public static List<DeliveryRecord> DueJobs(SqliteSession session, DateTimeOffset now, int limit) => session.Query(
        $"""
        SELECT {Columns} FROM delivery INDEXED BY delivery_job WHERE {Schema.WaitsForJob} AND next_attempt_at <= ?1
        ORDER BY next_attempt_at, delivery_id LIMIT ?2
        """,
        Read,
        Instant.UpperBound(now), limit);

    public static List<DeliveryRecord> LeftInFolders(SqliteSession session, int limit) => session.Query(
        $"SELECT {Columns} FROM delivery INDEXED BY delivery_left WHERE {Schema.LeftInFolder} ORDER BY delivery_id LIMIT ?1",
        Read, limit);

    public static DateTimeOffset? NextDue(SqliteSession session, DateTimeOffset after)
    {
        var unleased = session.Query(NextDueQuery, (ref RowReader row) => row.At(), Instant.UpperBound(after));
        var leased = session.Query(
            $"""
            SELECT max(next_attempt_at, lease_until) AS free FROM delivery INDEXED BY delivery_leased
            WHERE {Schema.WaitsForClock} AND lease_owner IS NOT NULL AND lease_until IS NOT NULL AND free > ?1 ORDER BY free LIMIT 1
            """,
            (ref RowReader row) => row.At(),
            Instant.UpperBound(after));
        return unleased.Concat(leased).Select(at => (DateTimeOffset?)at).Min();
    }

    /// <summary>Deliveries of one state, oldest first, along the index of states.</summary>
    public static List<DeliveryRecord> Find(SqliteSession session, DeliveryQuery query) => session.Query(
        $"""
        SELECT {Columns} FROM delivery
        WHERE state = ?1 AND (created_at, delivery_id) > (?2, ?3) AND (?4 IS NULL OR receiver = ?4) AND (?5 IS NULL OR origin = ?5)
            AND (?7 = 0 OR next_attempt_at IS NULL) AND (?8 = 0 OR last_error_code IS NOT NULL)
            AND (last_error_code IS NULL OR instr(?9, last_error_code) = 0)
        ORDER BY created_at, delivery_id LIMIT ?6
        """,
        Read,
        query.State.ToString(), query.After is { } after ? Instant.Format(after.CreatedAt) : "", query.After?.DeliveryId ?? "",
        query.Receiver, query.Origin, query.Limit, query.AtRest, query.Troubled, string.Join(',', query.ExceptCodes));

    /// <summary>How many deliveries there are in each state.</summary>
    public static Dictionary<DeliveryState, long> Count(SqliteSession session) => session
        .Query(
            "SELECT state, count(*) FROM delivery GROUP BY state",
            (ref RowReader row) => KeyValuePair.Create(row.State<DeliveryState>(), row.Number()))
        .ToDictionary();

    /// <summary>Releases the leases of a worker. The version moves on, so that what the worker may still try is a conflict.</summary>
    public static void ReleaseLeases(SqliteSession session, string owner) => session.Execute(
        "UPDATE delivery SET lease_owner = NULL, lease_until = NULL, version = version + 1 WHERE lease_owner = ?1", owner);

    static object?[] Values(DeliveryRecord record) =>
    [
        record.DeliveryId, record.Version, record.Transfer.Origin, record.Transfer.TransferId, record.Transfer.Receiver,
        record.Transfer.Replay, record.PayloadId, record.Receiver, record.Replay, record.DestinationId, record.State.ToString(),
        record.Attempts, ColumnValue.Of(record.NextAttemptAt), record.LeaseOwner, ColumnValue.Of(record.LeaseUntil), record.LastErrorCode,
        record.LastErrorText, record.PublishedName, Instant.Format(record.CreatedAt), Instant.Format(record.UpdatedAt),
        record.Doubts.Count == 0 ? null : JsonSerializer.Serialize(record.Doubts, JournalJson.Default.IReadOnlyListString),
        record.Intention.ToString(), record.IntentionReason, ColumnValue.Of(record.OfferedAt), record.LeaseToken, record.ReceiverReference,
        record.SetKey, record.Folder, record.InterfaceId, record.Lane.Begins,
    ];

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static DeliveryRecord Read(ref RowReader row) => new()
    {
        DeliveryId = row.Text(),
        Version = row.Number(),
        Transfer = row.Identity(),
        PayloadId = row.Text(),
        Receiver = row.Text(),
        Replay = row.Small(),
        DestinationId = row.Text(),
        State = row.State<DeliveryState>(),
        Attempts = row.Small(),
        NextAttemptAt = row.AtOrNull(),
        LeaseOwner = row.TextOrNull(),
        LeaseUntil = row.AtOrNull(),
        LastErrorCode = row.TextOrNull(),
        LastErrorText = row.TextOrNull(),
        PublishedName = row.TextOrNull(),
        CreatedAt = row.At(),
        UpdatedAt = row.At(),
        Doubts = row.TextOrNull() is { } doubts ? JsonSerializer.Deserialize(doubts, JournalJson.Default.IReadOnlyListString)! : [],
        Intention = row.State<DeliveryIntention>(),
        IntentionReason = row.TextOrNull(),
        OfferedAt = row.AtOrNull(),
        LeaseToken = row.TextOrNull(),
        ReceiverReference = row.TextOrNull(),
        SetKey = row.TextOrNull(),
        Folder = row.TextOrNull(),
        InterfaceId = row.Text(),
    };
}
