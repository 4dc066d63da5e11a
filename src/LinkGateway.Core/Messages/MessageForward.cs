using LinkGateway.Contract.Manifests;

namespace LinkGateway.Core.Messages;

/// <summary>What a gateway hands on beside the body of a stored message.</summary>
public sealed record MessageForward
{
    /// <summary>The manifest that the entry gateway made, unchanged.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Gateways that it came through, in order; the one that hands it on is the last.</summary>
    public required IReadOnlyList<string> Hops { get; init; }

    /// <summary>0, or n for the n-th copy.</summary>
    public int Replay { get; init; }

    /// <summary>The entry gateway's accepted receipt, byte for byte.</summary>
    public required byte[] EntryReceiptDocument { get; init; }
}
