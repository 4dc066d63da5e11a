using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Messages;

/// <summary>One chunk; in parallel, in any order, repeatable.</summary>
public sealed record PutChunkRequest
{
    /// <summary>Identity of the transfer.</summary>
    public required TransferReference Transfer { get; init; }

    /// <summary>Attempt number from the answer of OpenTransfer.</summary>
    public required int Attempt { get; init; }

    /// <summary>Index of the chunk, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Offset of its first byte: index times chunk size.</summary>
    public required long Offset { get; init; }

    /// <summary>Its length in bytes: the chunk size, less only for the last.</summary>
    public required long Length { get; init; }

    /// <summary>SHA-256 of its bytes.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>
    /// swaRef of the attachment; null when <see cref="Data"/> is used, or in a message that does not refer to it, where it is told by its
    /// name.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The bytes themselves, for toolkits that cannot attach; null when <see cref="File"/> is used.</summary>
    public byte[]? Data { get; init; }
}
