using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Testing.Journal;

/// <summary>Journal records for tests, every field filled; change what matters by <c>with</c>.</summary>
public static class JournalSamples
{
    /// <summary>An instant in Japan's offset, with all seven decimals.</summary>
    public static readonly DateTimeOffset Night = new DateTimeOffset(2026, 4, 1, 0, 30, 0, TimeSpan.FromHours(9)).AddTicks(1234567);

    /// <summary>An id of 32 hexadecimal digits.</summary>
    public static string Id(int number) => number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    public static TransferIdentity Identity(string transferId) => new("142051-kaoku", transferId, "", 0);

    public static Sha256Digest Digest(int number) => Sha256Digest.Of(BitConverter.GetBytes(number));

    public static Manifest Manifest(string transferId) => new()
    {
        Origin = "142051-kaoku",
        Receivers = ["142051-zei", "142051-gaibu"],
        OriginOrganisation = "142051",
        ReceiverOrganisation = "142051",
        InterfaceId = "kaoku-idou",
        InterfaceVersion = "1.0",
        BusinessUnit = "010",
        TransferId = transferId,
        Kind = "difference",
        BaseTransferId = "昨日",
        BaseSha256 = Digest(1),
        BaseDate = new DateOnly(2026, 3, 31),
        LayoutVersion = "3",
        Environment = "production",
        DataClass = "personal",
        LegalBasis = "地方税法",
        CreatedAt = Night.AddMinutes(-5),
        NotAfter = Night.AddDays(3),
        OrderGroup = "kaoku",
        OrderSequence = 7,
        SetId = "set",
        SetIndex = 1,
        SetCount = 2,
        FileName = "家屋.csv",
        Charset = "windows-31j",
        ContentEncoding = "gzip",
        Size = 12_345_678_901,
        Sha256 = Digest(2),
        RecordCount = 1_000_000,
        Properties = [new NameValue("備考", "\"<改行>\n\""), new NameValue("備考", "")],
    };

    public static TransferRecord Transfer(string transferId) => new()
    {
        Identity = Identity(transferId),
        SubmittedBy = "gateway-a",
        Manifest = Manifest(transferId),
        ManifestDigest = Digest(3),
        State = TransferState.Open,
        Attempt = 2,
        PayloadId = Id(transferId.GetHashCode(StringComparison.Ordinal)),
        Inline = true,
        ChunkSize = 16 << 20,
        Hops = ["gateway-a", "gateway-b"],
        Size = 12_345_678_901,
        Sha256 = Digest(4),
        Root = Digest(5),
        RecordCount = 5,
        EntryReceipt = new byte[] { 0, 1, 255 },
        CreatedAt = Night,
        FirstByteAt = Night.AddSeconds(1),
        LastByteAt = Night.AddSeconds(2),
        AcceptedAt = Night.AddSeconds(3).ToOffset(TimeSpan.Zero),
        ExpiresAt = Night.AddDays(7),
        ReasonCode = "LG-0000",
        ReasonText = "理由",
        FetchedDelivery = Id(8),
        FetchedLease = Id(9),
        PayloadDueAt = Night.AddDays(8),
        PayloadRemovedAt = Night.AddDays(9),
        PayloadRule = "7.00:00:00 after 配信",
        AwaitsConfirmation = true,
    };

    public static DeliveryRecord Delivery(int number, string transferId) => new()
    {
        DeliveryId = Id(number),
        Transfer = Identity(transferId),
        PayloadId = Id(900_000 + number),
        Receiver = "142051-zei",
        InterfaceId = "kaoku-idou",
        Replay = 1,
        DestinationId = "zei-folder",
        State = DeliveryState.Waiting,
        Attempts = 3,
        NextAttemptAt = Night,
        LastErrorCode = "LG-0001",
        LastErrorText = "disk",
        PublishedName = "家屋.csv",
        Doubts = ["gateway-b", "別経路"],
        Intention = DeliveryIntention.Withdraw,
        IntentionReason = "取消",
        OfferedAt = Night.AddSeconds(5),
        LeaseToken = Id(7),
        ReceiverReference = "受付-1",
        SetKey = "142051-kaoku/set",
        Folder = "/srv/税務",
        CreatedAt = Night,
        UpdatedAt = Night.AddSeconds(1),
    };

    public static ReceiptRecord Receipt(string receiptId, string transferId) => new()
    {
        Transfer = Identity(transferId),
        DeliveryId = Id(1),
        SubmittedBy = "gateway-a",
        Document = new byte[] { 60, 47, 62 },
        Content = new ReceiptContent
        {
            ReceiptId = receiptId,
            Kind = ReceiptKind.Delivered,
            Issuer = "gateway-b",
            Origin = "142051-kaoku",
            TransferId = transferId,
            Receiver = "142051-zei",
            Replay = 1,
            ManifestDigest = Digest(3),
            Size = 12_345_678_901,
            Sha256 = Digest(4),
            ChunkSize = 16 << 20,
            Root = Digest(5),
            RecordCount = 5,
            Environment = "production",
            Attempt = 2,
            FirstByteAt = Night,
            LastByteAt = Night.AddSeconds(2),
            AcceptedAt = Night.AddSeconds(3),
            DeliveredAt = Night.AddSeconds(4).ToOffset(TimeSpan.FromMinutes(-210)),
            Predecessor = Digest(6),
        },
    };

    public static JournalEvent Event(string transferId, string to) =>
        new(Night, Identity(transferId), Id(1), "", to, "LG-0001 理由");

    public static OperatorOrderRecord Order(int number, OrderKind order = OrderKind.Hold) => new()
    {
        At = Night.AddMinutes(number),
        Operator = "当直",
        Order = order,
        Reason = "受信側に確認済み",
        DeliveryId = Id(number),
        Transfer = Identity("t") with { Receiver = "142051-zei", Replay = 2 },
        From = DeliveryState.InDoubt,
        To = DeliveryState.Held,
    };
}
