namespace LinkGateway.Core.Configuration;

/// <summary>Every limit of the gateway. Sizes are bytes as a number, or a text such as 16MiB; times are d.hh:mm:ss.</summary>
public sealed record LimitSettings
{
    /// <summary>Connections that are open at the same time on one listener; more are closed at once.</summary>
    public int Connections { get; init; } = 1_000;

    /// <summary>Largest SOAP envelope, and so the largest chunk that travels inside one as base64.</summary>
    public long RootBytes { get; init; } = 4L << 20;

    /// <summary>Nesting of elements in an envelope.</summary>
    public int EnvelopeDepth { get; init; } = 64;

    /// <summary>XML nodes (elements, attributes, texts) of an envelope.</summary>
    public int EnvelopeNodes { get; init; } = 1_000_000;

    /// <summary>Attributes of one element of an envelope, namespace declarations included.</summary>
    public int ElementAttributes { get; init; } = 256;

    /// <summary>Characters of a name in an envelope.</summary>
    public int NameLength { get; init; } = 1_024;

    /// <summary>Characters of an element's namespace in an envelope.</summary>
    public int NamespaceLength { get; init; } = 1_024;

    /// <summary>XML nodes within all header blocks of an envelope together.</summary>
    public int HeaderNodes { get; init; } = 20_000;

    /// <summary>Parts of a multipart message.</summary>
    public int Parts { get; init; } = 100;

    /// <summary>Bytes of the headers of one part.</summary>
    public long PartHeaderBytes { get; init; } = 16L << 10;

    /// <summary>Headers of one part.</summary>
    public int PartHeaders { get; init; } = 32;

    /// <summary>Bytes before the first boundary of a multipart message.</summary>
    public long PreambleBytes { get; init; } = 16L << 10;

    /// <summary>Bytes after the closing boundary of a multipart message.</summary>
    public long EpilogueBytes { get; init; } = 64L << 10;

    /// <summary>Blanks behind a boundary on its line.</summary>
    public long PaddingBytes { get; init; } = 256;

    /// <summary>Bytes of a refused message that are still read, so that a sender that is not listening yet gets the answer.</summary>
    public long DrainBytes { get; init; } = 4L << 30;

    /// <summary>Longest time for which a refused message is still read.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Refused messages that are read to their end at the same time.</summary>
    public int Drains { get; init; } = 64;

    /// <summary>Attachment bytes, with their headers, that may come before the root part, and are kept until it is there.</summary>
    public long PreRootSpoolBytes { get; init; } = 1L << 20;

    /// <summary>Total time for HTTP headers and the root part.</summary>
    public TimeSpan HeaderAndRootTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest silence within an attachment. An attachment has no total time.</summary>
    public TimeSpan AttachmentSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Lowest average rate of an attachment, in bytes a second over attachmentRateWindow.</summary>
    public long AttachmentMinimumRate { get; init; } = 1024;

    /// <summary>The time over which the rate of an attachment is averaged.</summary>
    public TimeSpan AttachmentRateWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Payloads up to this size ride in the journal's commit instead of a file of their own.</summary>
    public long InlinePayloadBytes { get; init; } = 256L << 10;

    /// <summary>Chunk size when the sender proposes none: a power of two from chunkSizeMin to chunkSizeMax.</summary>
    public long ChunkSizeDefault { get; init; } = 16L << 20;

    /// <summary>Chunk size when neither size nor chunk size is declared: a power of two from chunkSizeMin to chunkSizeMax.</summary>
    public long ChunkSizeUndeclared { get; init; } = 128L << 20;

    /// <summary>Smallest chunk size: a power of two, at least 64KiB.</summary>
    public long ChunkSizeMin { get; init; } = 64L << 10;

    /// <summary>Largest chunk size: a power of two, at most 256MiB.</summary>
    public long ChunkSizeMax { get; init; } = 256L << 20;

    /// <summary>Chunks of one transfer, at most 8192; the chunk size is raised so that a declared size fits.</summary>
    public int MaxChunks { get; init; } = 8192;

    /// <summary>An unfinished upload expires after this time without activity.</summary>
    public TimeSpan UploadExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A file set that is not complete is given up after this time from its first file.</summary>
    public TimeSpan SetExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Attachments that are taken in at the same time; more are answered with Retry-After.</summary>
    public int ConcurrentUploads { get; init; } = 64;

    /// <summary>Transfers that are unfinished at the same time; null means no limit.</summary>
    public int? OpenTransfers { get; init; }

    /// <summary>Declared bytes of all unfinished transfers that are still to come; null means no limit but the disk.</summary>
    public long? BytesInFlight { get; init; }

    /// <summary>Bytes that a new transfer must leave free on the disks of spool and journal.</summary>
    public long DiskReserve { get; init; } = 16L << 20;

    /// <summary>
    /// Bytes that one of at most inlinePayloadBytes, or of an urgent class, must leave free: less, so that it comes through.
    /// </summary>
    public long DiskReserveSmall { get; init; } = 4L << 20;

    /// <summary>Bytes of memory of the process from which no attachment is taken in; null means no limit.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>A store that hangs over one write or flush for longer is told of; until it goes on no attachment is taken in.</summary>
    public TimeSpan StoreSlow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time of the day, in the gateway's zone, at which the day of quotas begins: at noon, a night is one day.</summary>
    public TimeSpan QuotaDayStartsAt { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Deliveries that run at the same time.</summary>
    public int DeliveryWorkers { get; init; } = 8;

    /// <summary>Further deliveries of urgent classes that run while all of deliveryWorkers are taken by others.</summary>
    public int UrgentWorkers { get; init; } = 2;

    /// <summary>Days for which the record of synchronous calls is kept, a file each; then the file is removed.</summary>
    public int CallRecordDays { get; init; } = 1830;
}
