using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of SubmitFile and CommitTransfer.</summary>
public sealed record AcceptResult
{
    /// <summary><see cref="States.TransferState"/> by name: <c>Accepted</c>, <c>Verifying</c>, or <c>Open</c> with what is
    /// missing.</summary>
    public required string State { get; init; }

    /// <summary>While <c>Verifying</c>: seconds after which to ask again.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What is missing, at most 1,000 ranges.</summary>
    public IReadOnlyList<ByteRange> Missing { get; init; } = [];

    /// <summary>When more ranges are missing: the offset where the list breaks off.</summary>
    public long? MissingFrom { get; init; }

    /// <summary>The accepted receipt; null unless <c>Accepted</c>.</summary>
    public ReceiptEntry? Receipt { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
