using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Table <c>transfer</c>.</summary>
static class TransferRow
{
    const string Columns =
        "origin, transfer_id, receiver, replay, version, submitted_by, manifest, manifest_digest, state, attempt, payload_id, inline, " +
        "chunk_size, hops, size, sha256, root, record_count, entry_receipt, created_at, first_byte_at, last_byte_at, accepted_at, " +
        "expires_at, reason_code, reason_text, fetched_delivery, fetched_lease, awaits_confirmation, " +
        "payload_due_at, payload_removed_at, payload_rule";

    const string HasIdentity = "origin = ?1 AND transfer_id = ?2 AND receiver = ?3 AND replay = ?4";

    const string OfTransfer =
        "d.origin = t.origin AND d.transfer_id = t.transfer_id AND d.transfer_receiver = t.receiver AND d.transfer_replay = t.replay";

    static readonly string Placeholders = ColumnValue.Placeholders(Columns);
    static readonly string Insert = $"INSERT INTO transfer ({Columns}) VALUES ({Placeholders}) ON CONFLICT DO NOTHING";
    static readonly string Update = $"UPDATE transfer SET ({Columns}) = ({Placeholders}) WHERE {HasIdentity} AND version = ?5 - 1";

    /// <summary>Inserts or updates; false when the row does not have the version expected.</summary>
    public static bool Put(SqliteSession session, TransferRecord record) =>
        session.Execute(record.Version == 1 ? Insert : Update, Values(record)) == 1;

    public static TransferRecord? Find(SqliteSession session, TransferIdentity identity)
    {
        var rows = session.Query(
            $"SELECT {Columns} FROM transfer WHERE {HasIdentity}",
            Read,
            identity.Origin, identity.TransferId, identity.Receiver, identity.Replay);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The transfers of an origin and id, oldest first.</summary>
    public static List<TransferRecord> Of(SqliteSession session, string origin, string transferId) => session.Query(
        $"SELECT {Columns} FROM transfer WHERE origin = ?1 AND transfer_id = ?2 ORDER BY created_at, receiver, replay",
        Read,
        origin, transferId);

    public static List<TransferRecord> Expired(SqliteSession session, DateTimeOffset now, int limit) => session.Query(
        $"SELECT {Columns} FROM transfer WHERE {Schema.Unfinished} AND expires_at <= ?1 ORDER BY expires_at LIMIT ?2",
        Read,
        Instant.UpperBound(now), limit);

    /// <summary>Those whose payload is to be looked at, by the time when.</summary>
    public static List<TransferRecord> Due(SqliteSession session, DateTimeOffset now, int limit) => session.Query(
        $"SELECT {Columns} FROM transfer WHERE {Schema.Kept} AND payload_due_at <= ?1 ORDER BY payload_due_at LIMIT ?2",
        Read,
        Instant.UpperBound(now), limit);

    public static DateTimeOffset? NextDue(SqliteSession session)
    {
        var first = session.Query(
            $"SELECT payload_due_at FROM transfer WHERE {Schema.Kept} ORDER BY payload_due_at LIMIT 1", (ref RowReader row) => row.At());
        return first.Count == 0 ? null : first[0];
    }

    /// <summary>Those whose payload is kept, in the order of the primary key.</summary>
    public static List<TransferRecord> Kept(SqliteSession session, TransferIdentity? after, int limit) => session.Query(
        $"""
        SELECT {Columns} FROM transfer
        WHERE (origin, transfer_id, receiver, replay) > (?1, ?2, ?3, ?4) AND {Schema.Kept}
        ORDER BY origin, transfer_id, receiver, replay LIMIT ?5
        """,
        Read,
        after?.Origin ?? "", after?.TransferId ?? "", after?.Receiver ?? "", after?.Replay ?? -1, limit);

    // Of a failed delivery it is not known whether somebody takes it up again.
    public static PayloadTotals Totals(SqliteSession session, DateTimeOffset by) => session.Query(
        $"""
        SELECT count(*), coalesce(sum(size), 0), (SELECT coalesce(sum(size), 0) FROM transfer t
            WHERE {Schema.Kept} AND payload_due_at <= ?1 AND NOT EXISTS (SELECT 1 FROM delivery d
                WHERE {OfTransfer} AND d.state NOT IN ('Delivered', 'Applied', 'Cancelled')))
        FROM transfer WHERE {Schema.Kept}
        """,
        (ref RowReader row) => new PayloadTotals(row.Number(), row.Number(), row.Number()),
        Instant.UpperBound(by))[0];

    /// <summary>Those that have ended, have no payload, and whose deliveries have ended, all before an instant.</summary>
    public static List<TransferRecord> Past(
        SqliteSession session, DateTimeOffset before, TransferRecord? after, int limit) => session.Query(
        $"""
        SELECT {Columns} FROM transfer t
        WHERE {Schema.Past} AND created_at <= ?1 AND created_at >= ?3
            AND (created_at, origin, transfer_id, receiver, replay) > (?3, ?4, ?5, ?6, ?7)
            AND NOT EXISTS (SELECT 1 FROM delivery d WHERE {OfTransfer} AND (d.updated_at > ?1
                OR d.state NOT IN ('Delivered', 'Applied', 'ReceiverRejected', 'Failed', 'Cancelled')))
        ORDER BY created_at, origin, transfer_id, receiver, replay LIMIT ?2
        """,
        Read,
        Instant.UpperBound(before), limit, after is null ? "" : Instant.Format(after.CreatedAt), after?.Identity.Origin ?? "",
        after?.Identity.TransferId ?? "", after?.Identity.Receiver ?? "", after?.Identity.Replay ?? -1);

    /// <summary>Bytes that go by each full hour: of transfers of whose deliveries it is known that nobody takes them up again.</summary>
    public static List<(DateTimeOffset Hour, long Bytes)> Going(SqliteSession session, DateTimeOffset by) =>
    [
        .. session.Query(
            $"""
            SELECT payload_due_at, coalesce(size, 0) FROM transfer t
            WHERE {Schema.Kept} AND payload_due_at <= ?1 AND NOT EXISTS (SELECT 1 FROM delivery d
                WHERE {OfTransfer} AND d.state NOT IN ('Delivered', 'Applied', 'Cancelled'))
            """,
            (ref RowReader row) => (At: row.At(), Bytes: row.Number()),
            Instant.UpperBound(by))
            .GroupBy(row => HourAfter(row.At)).Select(hour => (hour.Key, hour.Sum(row => row.Bytes))).OrderBy(hour => hour.Key),
    ];

    static DateTimeOffset HourAfter(DateTimeOffset at) =>
        new((at.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>Whether a transfer that is unfinished or has its payload, or one of its deliveries, names the payload.</summary>
    public static bool NamesPayload(SqliteSession session, string payloadId)
    {
        const string live = $"(t.state IN ('Open', 'Verifying') OR t.{Schema.Kept})";
        return session.Scalar(
            $"""
            SELECT EXISTS (SELECT 1 FROM transfer t WHERE payload_id = ?1 AND {live})
                OR EXISTS (SELECT 1 FROM delivery d JOIN transfer t ON {OfTransfer} WHERE d.payload_id = ?1 AND {live})
            """,
            payloadId) != 0;
    }

    static object?[] Values(TransferRecord record) =>
    [
        record.Identity.Origin, record.Identity.TransferId, record.Identity.Receiver, record.Identity.Replay, record.Version,
        record.SubmittedBy, JsonSerializer.Serialize(record.Manifest, JournalJson.Default.Manifest), record.ManifestDigest.ToArray(),
        record.State.ToString(), record.Attempt, record.PayloadId, record.Inline, record.ChunkSize,
        JsonSerializer.Serialize(record.Hops, JournalJson.Default.IReadOnlyListString), record.Size, record.Sha256?.ToArray(),
        record.Root?.ToArray(), record.RecordCount, record.EntryReceipt is { } receipt ? ColumnValue.Of(receipt) : null,
        Instant.Format(record.CreatedAt), ColumnValue.Of(record.FirstByteAt), ColumnValue.Of(record.LastByteAt),
        ColumnValue.Of(record.AcceptedAt), Instant.Format(record.ExpiresAt), record.ReasonCode, record.ReasonText,
        record.FetchedDelivery, record.FetchedLease, record.AwaitsConfirmation, ColumnValue.Of(record.PayloadDueAt),
        ColumnValue.Of(record.PayloadRemovedAt), record.PayloadRule,
    ];

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static TransferRecord Read(ref RowReader row)
    {
        var identity = row.Identity();
        var version = row.Number();
        return new TransferRecord
        {
            Identity = identity,
            Version = version,
            SubmittedBy = row.Text(),
            Manifest = JsonSerializer.Deserialize(row.Text(), JournalJson.Default.Manifest)!,
            ManifestDigest = row.Digest(),
            State = row.State<TransferState>(),
            Attempt = row.Small(),
            PayloadId = row.Text(),
            Inline = row.Flag(),
            ChunkSize = row.Number(),
            Hops = JsonSerializer.Deserialize(row.Text(), JournalJson.Default.IReadOnlyListString)!,
            Size = row.NumberOrNull(),
            Sha256 = row.DigestOrNull(),
            Root = row.DigestOrNull(),
            RecordCount = row.NumberOrNull(),
            EntryReceipt = row.BytesOrNull(),
            CreatedAt = row.At(),
            FirstByteAt = row.AtOrNull(),
            LastByteAt = row.AtOrNull(),
            AcceptedAt = row.AtOrNull(),
            ExpiresAt = row.At(),
            ReasonCode = row.TextOrNull(),
            ReasonText = row.TextOrNull(),
            FetchedDelivery = row.TextOrNull(),
            FetchedLease = row.TextOrNull(),
            AwaitsConfirmation = row.Flag(),
            PayloadDueAt = row.AtOrNull(),
            PayloadRemovedAt = row.AtOrNull(),
            PayloadRule = row.TextOrNull(),
        };
    }
}
