using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Core.Journal;

/// <summary>A receipt in the journal: issued here, or fetched from the gateway that issued it.</summary>
public sealed record ReceiptRecord
{
    /// <summary>
    /// Place in the order of this journal, from 1, without gaps that appear later; given by the journal at commit (0 before).
    /// </summary>
    public long Sequence { get; init; }

    /// <summary>The transfer here that it belongs to.</summary>
    public required TransferIdentity Transfer { get; init; }

    /// <summary>The delivery here that it belongs to; null for the accepted receipt.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>Participant that handed the transfer in: it sees the receipt, as the origin does.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>What it states.</summary>
    public required ReceiptContent Content { get; init; }

    /// <summary>The signed XML, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }
}
