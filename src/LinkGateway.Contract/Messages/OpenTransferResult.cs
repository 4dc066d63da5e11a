using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of OpenTransfer.</summary>
public sealed record OpenTransferResult
{
    /// <summary><see cref="States.TransferState"/> by name.</summary>
    public required string State { get; init; }

    /// <summary>Chunk size in bytes that holds from now on.</summary>
    public required long ChunkSize { get; init; }

    /// <summary>Attempt number to state in PutChunk and CommitTransfer; older attempts are fenced off.</summary>
    public required int Attempt { get; init; }

    /// <summary>Ranges held durably, at most 1,000.</summary>
    public IReadOnlyList<ByteRange> Held { get; init; } = [];

    /// <summary>When more is held: the offset from which GetTransferStatus continues.</summary>
    public long? HeldFrom { get; init; }

    /// <summary>When the unfinished upload expires without activity.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The accepted receipt when the transfer is accepted already.</summary>
    public ReceiptEntry? Receipt { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
