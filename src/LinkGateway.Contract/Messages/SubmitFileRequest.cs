using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Manifest and whole file in one message.</summary>
public sealed record SubmitFileRequest
{
    /// <summary>Identity of the transfer.</summary>
    public required TransferReference Transfer { get; init; }

    /// <summary>What the origin says of the file.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Gateways that it came through, in order; empty from the origin.</summary>
    public IReadOnlyList<string> Hops { get; init; } = [];

    /// <summary>Proposed chunk size in bytes; binding in a forward.</summary>
    public long? ChunkSize { get; init; }

    /// <summary>From a gateway: the entry gateway's accepted receipt, byte for byte.</summary>
    public byte[]? EntryReceiptDocument { get; init; }

    /// <summary>
    /// swaRef of the attachment, such as <c>cid:file@example</c>; null in a message that does not refer to it, where it is told by its
    /// name.
    /// </summary>
    public string? File { get; init; }
}
