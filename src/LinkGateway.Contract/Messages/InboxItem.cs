using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>A delivery that waits to be fetched.</summary>
public sealed record InboxItem
{
    /// <summary>Id of the delivery at this gateway.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Origin of the transfer.</summary>
    public required string Origin { get; init; }

    /// <summary>The origin's id of the transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>The receiver of this delivery, one of the manifest's.</summary>
    public required string Receiver { get; init; }

    /// <summary>Replay number.</summary>
    public required int Replay { get; init; }

    /// <summary>What the origin says of the file.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Gateways that it came through before this one, in order.</summary>
    public IReadOnlyList<string> Hops { get; init; } = [];

    /// <summary>Size of the file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>Chunk size in bytes.</summary>
    public required long ChunkSize { get; init; }

    /// <summary>SHA-256 over the raw chunk digests in index order.</summary>
    public required Sha256Digest Root { get; init; }

    /// <summary>The entry gateway's accepted receipt, byte for byte.</summary>
    public required byte[] AcceptedReceiptDocument { get; init; }

    /// <summary>Since when it waits to be fetched.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>Until then nobody else is given it; null when it is free.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
