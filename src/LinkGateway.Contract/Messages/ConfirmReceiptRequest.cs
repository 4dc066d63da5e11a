using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Messages;

/// <summary>Tells what became of a fetched file; repeatable.</summary>
public sealed record ConfirmReceiptRequest
{
    /// <summary>Id of the delivery, from ListInbox.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>
    /// From the answer of a fetch; none for a file in a folder. Only an answer that was given before is given again without it.
    /// </summary>
    public string? Lease { get; init; }

    /// <summary>One of <see cref="ConfirmStages"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>Size of what was stored; must be that of the file when given.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of what was stored; must be that of the file when given.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>The receiving system's own number for it.</summary>
    public string? ReceiverReference { get; init; }

    /// <summary>Records taken over.</summary>
    public long? CountAccepted { get; init; }

    /// <summary>Records not taken over.</summary>
    public long? CountRejected { get; init; }

    /// <summary>The first errors, at most 100.</summary>
    public IReadOnlyList<RowError> FirstErrors { get; init; } = [];

    /// <summary>From a gateway that fetches for receivers behind it: receipts, byte for byte, its accepted receipt at first.</summary>
    public IReadOnlyList<byte[]> ReceiptDocuments { get; init; } = [];
}
