using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Opens, or takes over, a transfer in chunks.</summary>
public sealed record OpenTransferRequest
{
    /// <summary>Identity of the transfer.</summary>
    public required TransferReference Transfer { get; init; }

    /// <summary>What the origin says of the file; size and digest are binding when given.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Gateways that it came through, in order; empty from the origin.</summary>
    public IReadOnlyList<string> Hops { get; init; } = [];

    /// <summary>Proposed chunk size in bytes; binding in a forward.</summary>
    public long? ChunkSize { get; init; }
}
