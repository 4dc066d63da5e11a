using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Messages;

/// <summary>Ends a transfer in chunks; repeatable.</summary>
public sealed record CommitTransferRequest
{
    /// <summary>Identity of the transfer.</summary>
    public required TransferReference Transfer { get; init; }

    /// <summary>Attempt number from the answer of OpenTransfer.</summary>
    public required int Attempt { get; init; }

    /// <summary>Size of the whole file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the whole file.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>Number of records that the origin counted, when not yet in the manifest.</summary>
    public long? RecordCount { get; init; }

    /// <summary>From a gateway: the entry gateway's accepted receipt, byte for byte.</summary>
    public byte[]? EntryReceiptDocument { get; init; }
}
