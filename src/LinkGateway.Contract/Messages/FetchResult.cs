using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of FetchFile and FetchChunk.</summary>
public sealed record FetchResult
{
    /// <summary>To be stated in further calls for this delivery.</summary>
    public required string Lease { get; init; }

    /// <summary>Until then nobody else is given the delivery; every fetch renews it.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>First byte, from 0.</summary>
    public required long Offset { get; init; }

    /// <summary>Number of bytes.</summary>
    public required long Length { get; init; }

    /// <summary>SHA-256 of these bytes.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>swaRef of the attachment; null when <see cref="Data"/> is used, which FetchFile never does.</summary>
    public string? File { get; init; }

    /// <summary>The bytes themselves; null when <see cref="File"/> is used.</summary>
    public byte[]? Data { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
