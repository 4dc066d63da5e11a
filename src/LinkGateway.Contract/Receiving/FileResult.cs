using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Receiving;

/// <summary>
/// Answer of SubmitFile, OpenTransfer, CommitTransfer and GetTransferStatus: what the receiving system knows of the file.
/// </summary>
public sealed record FileResult
{
    /// <summary>One of <see cref="FileOutcome"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>When rejected: the receiving system's own code of the reason.</summary>
    public string? Code { get; init; }

    /// <summary>When rejected: the reason, for people.</summary>
    public string? Text { get; init; }

    /// <summary>When stored: the number of bytes stored, as counted there.</summary>
    public long? Size { get; init; }

    /// <summary>When stored: SHA-256 of the bytes stored, as computed there.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>The receiving system's own number for the file.</summary>
    public string? ReceiverReference { get; init; }

    /// <summary>With unknown: the file is still being worked on; seconds after which to ask again.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Answer of OpenTransfer: attempt number to state in PutChunk and CommitTransfer; absent counts as 0.</summary>
    public int? Attempt { get; init; }

    /// <summary>Answer of OpenTransfer and GetTransferStatus: ranges held of a file that is not stored yet, at most 1,000.</summary>
    public IReadOnlyList<ByteRange> Held { get; init; } = [];

    /// <summary>When more is held: the offset from which GetTransferStatus continues.</summary>
    public long? HeldFrom { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
