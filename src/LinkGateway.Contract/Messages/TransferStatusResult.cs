using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of GetTransferStatus.</summary>
public sealed record TransferStatusResult
{
    /// <summary><see cref="States.TransferState"/> by name.</summary>
    public required string State { get; init; }

    /// <summary>Current attempt number.</summary>
    public required int Attempt { get; init; }

    /// <summary>Chunk size in bytes.</summary>
    public required long ChunkSize { get; init; }

    /// <summary>Size of the file in bytes when known.</summary>
    public long? Size { get; init; }

    /// <summary>Ranges held durably, at most 1,000.</summary>
    public IReadOnlyList<ByteRange> Held { get; init; } = [];

    /// <summary>When more is held: the offset from which to continue.</summary>
    public long? HeldFrom { get; init; }

    /// <summary>When an unfinished upload expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Code of the reason when rejected, cancelled or expired.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Text of the reason.</summary>
    public string? ReasonText { get; init; }

    /// <summary>One entry for each delivery.</summary>
    public IReadOnlyList<DeliveryStatus> Deliveries { get; init; } = [];

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
