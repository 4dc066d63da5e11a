using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wire;

/// <summary>Arbitrary messages from a seed: every optional field at times absent, lists from empty on, text with everything that XML can
/// carry.</summary>
sealed class Samples(int seed)
{
    static readonly string[] Pieces =
    [
        "a", "Z", "0", " ", "\t", "\n", "\r", "\r\n", "<", ">", "&", "\"", "'", "]]>",
        "家屋", "髙﨑", "\U00020BB7", "\u0085", "\u2028", "\uFEFF", "&#xD;",
    ];

    readonly Random _random = new(seed);

    public Manifest Manifest() => new()
    {
        Origin = Text(),
        Receivers = [Text(), .. List(Text)],
        OriginOrganisation = MaybeText(),
        ReceiverOrganisation = MaybeText(),
        InterfaceId = Text(),
        InterfaceVersion = MaybeText(),
        BusinessUnit = MaybeText(),
        TransferId = Text(),
        Kind = Text(),
        BaseTransferId = MaybeText(),
        BaseSha256 = Maybe(Digest),
        BaseDate = Maybe(Date),
        LayoutVersion = MaybeText(),
        Environment = Text(),
        DataClass = MaybeText(),
        LegalBasis = MaybeText(),
        CreatedAt = Maybe(Instant),
        NotAfter = Maybe(Instant),
        OrderGroup = MaybeText(),
        OrderSequence = Maybe(Long),
        SetId = MaybeText(),
        SetIndex = Maybe(Int),
        SetCount = Maybe(Int),
        FileName = Text(),
        MediaType = Text(),
        Charset = MaybeText(),
        ContentEncoding = MaybeText(),
        Size = Maybe(Long),
        Sha256 = Maybe(Digest),
        RecordCount = Maybe(Long),
        Properties = List(Property),
    };

    public SubmitFileRequest SubmitFile() => new()
    {
        Transfer = Reference(),
        Manifest = Manifest(),
        Hops = List(Text),
        ChunkSize = Maybe(Long),
        EntryReceiptDocument = MaybeBytes(),
        File = Uri(),
    };

    public OpenTransferRequest OpenTransfer() =>
        new() { Transfer = Reference(), Manifest = Manifest(), Hops = List(Text), ChunkSize = Maybe(Long) };

    public OpenTransferResult OpenTransferResult() => new()
    {
        State = Text(),
        ChunkSize = Long(),
        Attempt = Int(),
        Held = List(Range),
        HeldFrom = Maybe(Long),
        ExpiresAt = Instant(),
        Receipt = MaybeReceipt(),
        Properties = List(Property),
    };

    public PutChunkRequest PutChunk()
    {
        var inline = Flag();
        return new()
        {
            Transfer = Reference(),
            Attempt = Int(),
            Index = Int(),
            Offset = Long(),
            Length = Long(),
            Sha256 = Digest(),
            File = inline ? null : Uri(),
            Data = inline ? Bytes() : null,
        };
    }

    public PutChunkResult PutChunkResult() => new() { Index = Int(), AlreadyHeld = Flag(), Properties = List(Property) };

    public CommitTransferRequest CommitTransfer() => new()
    {
        Transfer = Reference(),
        Attempt = Int(),
        Size = Long(),
        Sha256 = Digest(),
        RecordCount = Maybe(Long),
        EntryReceiptDocument = MaybeBytes(),
    };

    public AcceptResult AcceptResult() => new()
    {
        State = Text(),
        RetryAfterSeconds = Maybe(Int),
        Missing = List(Range),
        MissingFrom = Maybe(Long),
        Receipt = MaybeReceipt(),
        Properties = List(Property),
    };

    public GetTransferStatusRequest GetTransferStatus() => new() { Transfer = Reference(), HeldFrom = Maybe(Long) };

    public TransferStatusResult TransferStatusResult() => new()
    {
        State = Text(),
        Attempt = Int(),
        ChunkSize = Long(),
        Size = Maybe(Long),
        Held = List(Range),
        HeldFrom = Maybe(Long),
        ExpiresAt = Maybe(Instant),
        ReasonCode = MaybeText(),
        ReasonText = MaybeText(),
        Deliveries = List(Delivery),
        Properties = List(Property),
    };

    public ListInboxRequest ListInbox() =>
        new() { Receiver = MaybeText(), Cursor = MaybeText(), Max = Maybe(Int), WaitSeconds = Maybe(Int) };

    public ListInboxResult ListInboxResult() => new() { Items = List(Item), Cursor = MaybeText(), Properties = List(Property) };

    public FetchFileRequest FetchFile() => new() { DeliveryId = Text(), Lease = MaybeToken() };

    public FetchChunkRequest FetchChunk() =>
        new() { DeliveryId = Text(), Lease = MaybeToken(), Offset = Long(), Length = Long(), WantData = Flag() };

    public FetchResult FetchResult(bool mayBeData)
    {
        var inline = mayBeData && Flag();
        return new()
        {
            Lease = Text(),
            LeaseUntil = Instant(),
            Offset = Long(),
            Length = Long(),
            Sha256 = Digest(),
            File = inline ? null : Uri(),
            Data = inline ? Bytes() : null,
            Properties = List(Property),
        };
    }

    public ConfirmReceiptRequest ConfirmReceipt() => new()
    {
        DeliveryId = Text(),
        Lease = MaybeToken(),
        Stage = Text(),
        Size = Maybe(Long),
        Sha256 = Maybe(Digest),
        ReceiverReference = MaybeText(),
        CountAccepted = Maybe(Long),
        CountRejected = Maybe(Long),
        FirstErrors = List(() => new RowError(Maybe(Long), MaybeText(), Text())),
        ReceiptDocuments = List(Bytes),
    };

    public ConfirmReceiptResult ConfirmReceiptResult() =>
        new() { State = Text(), ReceiptDocument = MaybeBytes(), Properties = List(Property) };

    public GetReceiptsRequest GetReceipts() => new() { Transfer = Reference() };

    public GetReceiptsSinceRequest GetReceiptsSince() => new() { Cursor = MaybeText(), Max = Maybe(Int), WaitSeconds = Maybe(Int) };

    public ReceiptsResult ReceiptsResult() => new() { Receipts = List(Receipt), Cursor = MaybeText(), Properties = List(Property) };

    public CancelTransferRequest CancelTransfer() => new() { Transfer = Reference(), Reason = MaybeText() };

    public CancelResult CancelResult() => new()
    {
        State = Text(),
        Deliveries = List(() => new CancelledDelivery { DeliveryId = Text(), Receiver = Text(), Outcome = Text() }),
        Properties = List(Property),
    };

    public ReceiptIssuedRequest ReceiptIssued() => new() { ReceiptDocument = Bytes() };

    public DeliveryFailedRequest DeliveryFailed() =>
        new() { Transfer = Reference(), Code = Text(), Text = Text(), State = MaybeText(), At = Maybe(Instant) };

    public NotedResult NotedResult() => new() { Properties = List(Property) };

    public NotificationFault NotificationFault() => new(Text(), Text(), MaybeText());

    public FileResult FileResult() => new()
    {
        Outcome = Text(),
        Code = MaybeText(),
        Text = MaybeText(),
        Size = Maybe(Long),
        Sha256 = Maybe(Digest),
        ReceiverReference = MaybeText(),
        RetryAfterSeconds = Maybe(Int),
        Attempt = Maybe(Int),
        Held = List(Range),
        HeldFrom = Maybe(Long),
        Properties = List(Property),
    };

    public ReceiverFault ReceiverFault() => new(Text(), Text(), MaybeText());

    InboxItem Item() => new()
    {
        DeliveryId = Text(),
        Origin = Text(),
        TransferId = Text(),
        Receiver = Text(),
        Replay = Int(),
        Manifest = Manifest(),
        Hops = List(Text),
        Size = Long(),
        Sha256 = Digest(),
        ChunkSize = Long(),
        Root = Digest(),
        AcceptedReceiptDocument = Bytes(),
        OfferedAt = Instant(),
        LeaseUntil = Maybe(Instant),
        Properties = List(Property),
    };

    DeliveryStatus Delivery() => new()
    {
        DeliveryId = Text(),
        Receiver = Text(),
        Replay = Int(),
        Destination = Text(),
        State = Text(),
        Attempts = Int(),
        LastErrorCode = MaybeText(),
        LastErrorText = MaybeText(),
        NextAttemptAt = Maybe(Instant),
        UpdatedAt = Instant(),
    };

    TransferReference Reference() =>
        new() { Origin = MaybeText(), TransferId = MaybeText(), Receiver = MaybeText(), Replay = Flag() ? 0 : Int() };

    ReceiptEntry? MaybeReceipt() => Flag() ? Receipt() : null;

    ReceiptEntry Receipt() => new()
    {
        ReceiptId = Text(),
        Kind = Text(),
        Issuer = Text(),
        Origin = Text(),
        TransferId = Text(),
        Receiver = MaybeText(),
        Replay = Int(),
        Size = Long(),
        Sha256 = Digest(),
        At = Instant(),
        ReceiptDocument = Bytes(),
    };

    bool Flag() => _random.Next(2) == 0;

    int Int() => _random.Next(4) == 0 ? int.MaxValue : _random.Next();

    long Long() => _random.Next(4) == 0 ? long.MaxValue : _random.NextInt64();

    DateOnly Date() => DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber));

    DateTimeOffset Instant()
    {
        var resolution = Flag() ? TimeSpan.TicksPerSecond : 1;
        var ticks = _random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay) / resolution * resolution;
        return new DateTimeOffset(ticks, TimeSpan.FromMinutes(_random.Next(-14 * 60, 14 * 60 + 1)));
    }

    Sha256Digest Digest() => Sha256Digest.Of(BitConverter.GetBytes(_random.Next()));

    ByteRange Range() => new(Long(), Long());

    NameValue Property() => new(Text(), Text());

    byte[]? MaybeBytes() => Flag() ? Bytes() : null;

    byte[] Bytes()
    {
        var bytes = new byte[_random.Next(100)];
        _random.NextBytes(bytes);
        return bytes;
    }

    string Uri() => $"cid:part-{_random.Next()}@example";

    string? MaybeText() => Flag() ? Text() : null;

    // An empty element is none.
    string? MaybeToken() => MaybeText() is { Length: > 0 } token ? token : null;

    string Text() => string.Concat(List(() => Pieces[_random.Next(Pieces.Length)], most: 6));

    List<T> List<T>(Func<T> item, int most = 3) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => item())];

    T? Maybe<T>(Func<T> value)
        where T : struct => Flag() ? value() : null;
}
