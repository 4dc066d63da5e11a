using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of PutChunk: the chunk is durable.</summary>
public sealed record PutChunkResult
{
    /// <summary>Index of the chunk.</summary>
    public required int Index { get; init; }

    /// <summary>True when it was held before this call.</summary>
    public required bool AlreadyHeld { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
