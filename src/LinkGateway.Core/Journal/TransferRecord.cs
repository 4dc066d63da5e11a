using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.States;

namespace LinkGateway.Core.Journal;

/// <summary>What the journal holds of a transfer. One row for each identity; a row that never reached Accepted is used again.</summary>
public sealed record TransferRecord
{
    /// <summary>Its identity: the primary key.</summary>
    public required TransferIdentity Identity { get; init; }

    /// <summary>Participant that handed it in: the origin, or a gateway that forwards for it.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>The manifest, unchanged.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Digest of the manifest.</summary>
    public required Sha256Digest ManifestDigest { get; init; }

    /// <summary>State.</summary>
    public required TransferState State { get; init; }

    /// <summary>Current attempt of the upload, from 1; older ones are fenced off.</summary>
    public required int Attempt { get; init; }

    /// <summary>The payload that it accepts.</summary>
    public required string PayloadId { get; init; }

    /// <summary>True when the payload's bytes lie in the journal and not in the payload store.</summary>
    public required bool Inline { get; init; }

    /// <summary>Chunk size in bytes.</summary>
    public required long ChunkSize { get; init; }

    /// <summary>Gateways that it came through before this one, in order.</summary>
    public IReadOnlyList<string> Hops { get; init; } = [];

    /// <summary>Size in bytes once known: declared, or found at the end.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the whole once accepted.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>Chunk root once accepted.</summary>
    public Sha256Digest? Root { get; init; }

    /// <summary>Record count, from the manifest or from CommitTransfer.</summary>
    public long? RecordCount { get; init; }

    /// <summary>
    /// The entry gateway's accepted receipt, byte for byte, once accepted: our own at the entry, else the one that came along.
    /// </summary>
    public ReadOnlyMemory<byte>? EntryReceipt { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the first byte came.</summary>
    public DateTimeOffset? FirstByteAt { get; init; }

    /// <summary>When the last byte came.</summary>
    public DateTimeOffset? LastByteAt { get; init; }

    /// <summary>
    /// When it was accepted; an identity with this set stays taken for ever, but for a fetched file that was given up unconfirmed.
    /// </summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When the unfinished upload expires without activity.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Code of the reason when rejected, cancelled or expired.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Text of the reason.</summary>
    public string? ReasonText { get; init; }

    /// <summary>
    /// Fetched from the inbox of the gateway that <see cref="SubmittedBy"/> names: the delivery there; null when it was handed in.
    /// </summary>
    public string? FetchedDelivery { get; init; }

    /// <summary>The lease with which it was fetched.</summary>
    public string? FetchedLease { get; init; }

    /// <summary>
    /// Fetched, and not yet confirmed there: until it is, none of its deliveries may begin, whatever is decided about them here.
    /// </summary>
    public bool AwaitsConfirmation { get; init; }

    /// <summary>
    /// When it is looked at whether its payload may go, and not before; null while it is unfinished, and when its payload is gone.
    /// </summary>
    public DateTimeOffset? PayloadDueAt { get; init; }

    /// <summary>When its payload was removed though it had been accepted.</summary>
    public DateTimeOffset? PayloadRemovedAt { get; init; }

    /// <summary>By which rule it was removed.</summary>
    public string? PayloadRule { get; init; }

    /// <summary>Row version, from 1; each update states the one that it builds on.</summary>
    public long Version { get; init; } = 1;
}
