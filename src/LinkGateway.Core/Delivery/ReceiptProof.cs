using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>What a verified receipt of another gateway proves of a delivery here.</summary>
static class ReceiptProof
{
    /// <summary>Enters the moves that the receipt proves.</summary>
    /// <returns>The row as it is then.</returns>
    public static DeliveryRecord Enter(JournalBatch batch, DeliveryRecord row, ReceiptContent content, DateTimeOffset now)
    {
        DeliveryState? proven = content switch
        {
            { Kind: ReceiptKind.Accepted } => DeliveryState.HandedOver,
            { Kind: ReceiptKind.Delivered } => DeliveryState.Delivered,
            { Kind: ReceiptKind.Applied, Result: AppliedResult.Rejected } => DeliveryState.ReceiverRejected,
            { Kind: ReceiptKind.Applied } => DeliveryState.Applied,
            _ => null,
        };
        if (proven is not { } target) return row;

        // What was taken over was delivered, whether or not the receipt of that has come.
        if (target == DeliveryState.Applied && DeliveryStates.CanMove(row.State, DeliveryState.Delivered))
            row = Move(batch, row, DeliveryState.Delivered, content, now);
        return DeliveryStates.CanMove(row.State, target) ? Move(batch, row, target, content, now) : row;
    }

    static DeliveryRecord Move(JournalBatch batch, DeliveryRecord row, DeliveryState target, ReceiptContent content, DateTimeOffset now)
    {
        var after = DeliveryAttempt.Release(row, target, null, null, null) with
        {
            Doubts = [],
            Intention = DeliveryIntention.None,

            // A former holder of an inbox's lease stays fenced off.
            LeaseToken = row.LeaseToken,
            UpdatedAt = now,
            Version = row.Version + 1,
        };
        batch.Move(row.State, after, $"receipt {content.ReceiptId} of {content.Issuer}");
        return after;
    }
}
