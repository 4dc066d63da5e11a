using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Tests.Receipts;

/// <summary>Receipts to sign.</summary>
static class TestReceipts
{
    static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>The entry gateway's accepted receipt: no receiver, no predecessor.</summary>
    public static ReceiptContent Accepted() => new()
    {
        ReceiptId = "r-1",
        Kind = ReceiptKind.Accepted,
        Issuer = "gw-fujisawa",
        Origin = "142051-kaoku",
        TransferId = "家屋 2026-11 <1> & \"2\"",
        Receiver = "",
        Replay = 0,
        ManifestDigest = Sha256Digest.Of("manifest"u8),
        Size = 268_435_456,
        Sha256 = Sha256Digest.Of("file"u8),
        ChunkSize = 16_777_216,
        Root = Sha256Digest.Of("root"u8),
        RecordCount = 1_000_000,
        Environment = "test",
        Attempt = 1,
        FirstByteAt = new DateTimeOffset(2026, 11, 22, 1, 2, 3, Japan),
        LastByteAt = new DateTimeOffset(2026, 11, 22, 1, 2, 4, 120, Japan),
        AcceptedAt = new DateTimeOffset(2026, 11, 22, 1, 2, 5, Japan),
    };

    /// <summary>A delivered receipt with every field.</summary>
    public static ReceiptContent Delivered() => Accepted() with
    {
        ReceiptId = "r-2",
        Kind = ReceiptKind.Delivered,
        Receiver = "142051-zei",
        Replay = 2,
        RecordsCounted = 999_999,
        RecordsRejected = 1,
        DeliveredAt = new DateTimeOffset(2026, 11, 22, 1, 2, 6, TimeSpan.Zero),
        Predecessor = Sha256Digest.Of("r-1"u8),
    };

    /// <summary>An applied receipt with every field.</summary>
    public static ReceiptContent Applied() => Delivered() with
    {
        ReceiptId = "r-3",
        Kind = ReceiptKind.Applied,
        RecordsApplied = 999_997,
        Result = AppliedResult.Applied,
        ReceiverReference = "税-2026-1",
        FirstErrors = [new RowError(17, "E-1", "家屋番号 <なし>"), new RowError(null, null, "")],
        AppliedAt = new DateTimeOffset(2026, 11, 22, 4, 0, 0, Japan),
        Predecessor = Sha256Digest.Of("r-2"u8),
    };
}
