using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Receipts;

/// <summary>What a receipt states, before it is signed and after it was verified (DESIGN section 6, Receipt).</summary>
public sealed record ReceiptContent
{
    /// <summary>Unique id, given by the issuer.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>What it confirms.</summary>
    public required ReceiptKind Kind { get; init; }

    /// <summary>Id of the gateway that did the thing and signs for it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Origin of the transfer.</summary>
    public required string Origin { get; init; }

    /// <summary>The origin's id of the transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>The receiver; empty in the entry gateway's accepted receipt, which holds for all receivers of the manifest.</summary>
    public required string Receiver { get; init; }

    /// <summary>0, or n for the n-th replay.</summary>
    public required int Replay { get; init; }

    /// <summary>Digest of the manifest.</summary>
    public required Sha256Digest ManifestDigest { get; init; }

    /// <summary>Size of the payload in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the payload.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>Chunk size in bytes.</summary>
    public required long ChunkSize { get; init; }

    /// <summary>SHA-256 over the raw chunk digests in index order.</summary>
    public required Sha256Digest Root { get; init; }

    /// <summary>Record count that the origin declared.</summary>
    public long? RecordCount { get; init; }

    /// <summary>Records counted by a validation step; null where none counted.</summary>
    public long? RecordsCounted { get; init; }

    /// <summary>Records that a validation step or the receiving system rejected; null where none counted.</summary>
    public long? RecordsRejected { get; init; }

    /// <summary>Records that the receiving system took over; null where it did not say.</summary>
    public long? RecordsApplied { get; init; }

    /// <summary>What the receiving system made of it; null but in the applied receipt.</summary>
    public AppliedResult? Result { get; init; }

    /// <summary>The receiving system's own number for it.</summary>
    public string? ReceiverReference { get; init; }

    /// <summary>The first records that the receiving system did not take over; null where it named none.</summary>
    public IReadOnlyList<RowError>? FirstErrors { get; init; }

    /// <summary><c>production</c>, <c>training</c> or <c>test</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>Attempt number of the upload or the delivery.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the first byte came.</summary>
    public DateTimeOffset? FirstByteAt { get; init; }

    /// <summary>When the last byte came.</summary>
    public DateTimeOffset? LastByteAt { get; init; }

    /// <summary>When the issuer accepted the transfer.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the receiving system's result came.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>SHA-256 of the document of the last receipt of the same delivery that the issuer holds; null in the entry's accepted
    /// receipt.</summary>
    public Sha256Digest? Predecessor { get; init; }

    /// <summary>When the thing that it confirms was done, as far as stated.</summary>
    public DateTimeOffset At => Kind switch
    {
        ReceiptKind.Accepted => AcceptedAt,
        ReceiptKind.Applied => AppliedAt ?? DeliveredAt,
        _ => DeliveredAt,
    } ?? AcceptedAt ?? LastByteAt ?? FirstByteAt ?? DateTimeOffset.UnixEpoch;
}
