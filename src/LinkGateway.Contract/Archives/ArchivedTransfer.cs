using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Contract.Archives;

/// <summary>A transfer as an archive keeps it: a line of the file.</summary>
public sealed record ArchivedTransfer
{
    /// <summary>Origin.</summary>
    public required string Origin { get; init; }

    /// <summary>The origin's id.</summary>
    public required string TransferId { get; init; }

    /// <summary>Receiver of a forward; empty at the entry gateway.</summary>
    public required string Receiver { get; init; }

    /// <summary>0, or n for the n-th replay of a forward.</summary>
    public required int Replay { get; init; }

    /// <summary>Who handed it in.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>The manifest, unchanged.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Digest of the manifest.</summary>
    public required string ManifestDigest { get; init; }

    /// <summary>Its last state.</summary>
    public required string State { get; init; }

    /// <summary>Gateways that it came through before this one.</summary>
    public IReadOnlyList<string> Hops { get; init; } = [];

    /// <summary>Size in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the whole.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Root of the chunk digests.</summary>
    public string? Root { get; init; }

    /// <summary>Chunk size in bytes.</summary>
    public long ChunkSize { get; init; }

    /// <summary>Record count, as declared.</summary>
    public long? RecordCount { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Why it was rejected, cancelled or expired.</summary>
    public string? Reason { get; init; }

    /// <summary>When its payload was removed.</summary>
    public DateTimeOffset? PayloadRemovedAt { get; init; }

    /// <summary>By which rule.</summary>
    public string? PayloadRule { get; init; }

    /// <summary>Its deliveries, oldest first.</summary>
    public IReadOnlyList<DeliverySummary> Deliveries { get; init; } = [];

    /// <summary>Its events, oldest first.</summary>
    public IReadOnlyList<EventEntry> Events { get; init; } = [];

    /// <summary>Its receipts, oldest first.</summary>
    public IReadOnlyList<ArchivedReceipt> Receipts { get; init; } = [];

    /// <summary>Orders of operators about its deliveries.</summary>
    public IReadOnlyList<OrderEntry> Orders { get; init; } = [];
}
