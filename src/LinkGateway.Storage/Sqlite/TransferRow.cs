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
        "expires_at, reason_code, reason_text, fetched_delivery, fetched_lease, awaits_confirmation";

    const string HasIdentity = "origin = ?1 AND transfer_id = ?2 AND receiver = ?3 AND replay = ?4";

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

    /// <summary>Whether a transfer that may still be taken in or delivered, or one of its deliveries, names the payload.</summary>
    public static bool NamesPayload(SqliteSession session, string payloadId)
    {
        const string live = "state IN ('Open', 'Verifying', 'Accepted')";
        return session.Scalar(
            $"""
            SELECT EXISTS (SELECT 1 FROM transfer WHERE payload_id = ?1 AND {live})
                OR EXISTS (SELECT 1 FROM delivery d JOIN transfer t ON t.origin = d.origin AND t.transfer_id = d.transfer_id
                    AND t.receiver = d.transfer_receiver AND t.replay = d.transfer_replay WHERE d.payload_id = ?1 AND t.{live})
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
        record.FetchedDelivery, record.FetchedLease, record.AwaitsConfirmation,
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
        };
    }
}
