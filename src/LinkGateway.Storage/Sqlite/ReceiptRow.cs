using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;

namespace LinkGateway.Storage.Sqlite;

/// <summary>
/// Table <c>receipt</c>. There is one writer, so sequence numbers are given in the order of the commits, and a reader that has seen one has
/// seen all smaller ones.
/// </summary>
static class ReceiptRow
{
    const string Columns =
        "receipt_id, origin, transfer_id, transfer_receiver, transfer_replay, delivery_id, submitted_by, content, document";

    const string Selected =
        "SELECT sequence, origin, transfer_id, transfer_receiver, transfer_replay, delivery_id, submitted_by, content, document " +
        "FROM receipt";

    // Not by ON CONFLICT, which would use up a sequence number for a receipt that is skipped.
    static readonly string Insert =
        $"INSERT INTO receipt ({Columns}) SELECT {ColumnValue.Placeholders(Columns)} " +
        "WHERE NOT EXISTS (SELECT 1 FROM receipt WHERE receipt_id = ?1)";

    public static void Add(SqliteSession session, ReceiptRecord record) => session.Execute(
        Insert,
        record.Content.ReceiptId, record.Transfer.Origin, record.Transfer.TransferId, record.Transfer.Receiver, record.Transfer.Replay,
        record.DeliveryId, record.SubmittedBy, JsonSerializer.Serialize(record.Content, JournalJson.Default.ReceiptContent),
        ColumnValue.Of(record.Document));

    public static List<ReceiptRecord> Of(SqliteSession session, TransferIdentity transfer) => session.Query(
        $"{Selected} WHERE origin = ?1 AND transfer_id = ?2 AND transfer_receiver = ?3 AND transfer_replay = ?4 ORDER BY sequence",
        Read,
        transfer.Origin, transfer.TransferId, transfer.Receiver, transfer.Replay);

    // Each half walks its own index and stops at the limit, however many receipts there are.
    public static List<ReceiptRecord> Since(SqliteSession session, string participant, long after, int limit) => session.Query(
        $"""
        {Selected} WHERE sequence IN (
            SELECT * FROM (SELECT sequence FROM receipt WHERE origin = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3)
            UNION
            SELECT * FROM (SELECT sequence FROM receipt WHERE submitted_by = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3))
        ORDER BY sequence LIMIT ?3
        """,
        Read,
        participant, after, limit);

    // Object initialisers are evaluated in their order, so this is the order of the columns.
    static ReceiptRecord Read(ref RowReader row) => new()
    {
        Sequence = row.Number(),
        Transfer = row.Identity(),
        DeliveryId = row.TextOrNull(),
        SubmittedBy = row.Text(),
        Content = JsonSerializer.Deserialize(row.Text(), JournalJson.Default.ReceiptContent)!,
        Document = row.Bytes(),
    };
}
