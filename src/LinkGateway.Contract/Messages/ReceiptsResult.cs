using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of GetReceipts and GetReceiptsSince.</summary>
public sealed record ReceiptsResult
{
    /// <summary>The receipts, oldest first.</summary>
    public IReadOnlyList<ReceiptEntry> Receipts { get; init; } = [];

    /// <summary>Where GetReceiptsSince goes on; null in the answer of GetReceipts.</summary>
    public string? Cursor { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
