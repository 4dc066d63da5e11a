using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Orders;

/// <summary>What an operator may order in which state, and what becomes of the delivery.</summary>
static class OrderRules
{
    /// <summary>The orders that the delivery's state allows.</summary>
    public static IReadOnlyList<OrderKind> Possible(DeliveryRecord delivery) =>
        [.. Enum.GetValues<OrderKind>().Where(order => Obstacle(order, delivery) is null)];

    /// <summary>Why the order is not possible; null when it is.</summary>
    public static string? Obstacle(OrderKind order, DeliveryRecord delivery) => order switch
    {
        OrderKind.SettleDelivered or OrderKind.SettleNotDelivered => IsInDoubt(delivery) ? null : "it is not in doubt where it is",
        OrderKind.Hold => delivery.State is DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.InDoubt
            ? null
            : WhyNotHeld(delivery.State),
        OrderKind.Release => delivery.State is DeliveryState.Held or DeliveryState.Failed ? null : "only what is Held or Failed is released",
        _ => delivery.State is DeliveryState.Waiting or DeliveryState.Held or DeliveryState.Failed
            ? null
            : "it may have gone out, or nothing more happens to it",
    };

    /// <summary>The delivery after an order that has no obstacle; its version is the next one.</summary>
    public static DeliveryRecord Apply(
        OrderKind order, DeliveryRecord delivery, GivenOrder given, string reason, Destination? destination, DateTimeOffset now)
    {
        var after = DeliveryAttempt.Release(delivery, delivery.State, null, null, null) with
        {
            UpdatedAt = now,
            Version = delivery.Version + 1,
        };
        return order switch
        {
            OrderKind.SettleDelivered => Explained(after, DeliveryState.Delivered, ErrorCatalogue.SettledByOperator, given, reason) with
            {
                Doubts = [],
            },
            OrderKind.SettleNotDelivered => Again(after, now) with { Doubts = [] },
            OrderKind.Hold => Explained(after, DeliveryState.Held, ErrorCatalogue.HeldByOperator, given, reason) with
            {
                Doubts = DoubtsOf(delivery, destination),
            },
            OrderKind.Release => Again(after, now),
            _ => after with
            {
                State = DeliveryState.Cancelled,
                LastErrorCode = "",
                LastErrorText = $"cancelled by {given.Operator}: {reason}",
            },
        };
    }

    // What was held or given up in doubt stays so until somebody settles it.
    static bool IsInDoubt(DeliveryRecord delivery) => delivery.State == DeliveryState.InDoubt
        || (delivery.Doubts.Count > 0 && delivery.State is (DeliveryState.Held or DeliveryState.Failed));

    // An attempt that is cut off may have come to its end at the destination. In a folder nothing is to be seen before Publishing.
    static IReadOnlyList<string> DoubtsOf(DeliveryRecord delivery, Destination? destination)
    {
        var mayHaveGone = delivery.State == DeliveryState.InDoubt
            || (delivery.State == DeliveryState.Sending && destination is not FolderDestination);
        return mayHaveGone && !delivery.Doubts.Contains(delivery.DestinationId)
            ? [.. delivery.Doubts, delivery.DestinationId]
            : delivery.Doubts;
    }

    // Its tries begin anew: what used them up is mended, or the operator thinks so.
    static DeliveryRecord Again(DeliveryRecord after, DateTimeOffset now) => after with
    {
        State = DeliveryState.Waiting,
        NextAttemptAt = now,
        Attempts = 0,
    };

    static DeliveryRecord Explained(DeliveryRecord after, DeliveryState state, ErrorEntry entry, GivenOrder given, string reason) =>
        after with
        {
            State = state,
            LastErrorCode = entry.Code,
            LastErrorText = entry.Text([given.Operator, reason], japanese: false),
        };

    static string WhyNotHeld(DeliveryState state) => state switch
    {
        DeliveryState.Held => "it is held already",
        DeliveryState.Publishing => "the receiver may see it already",
        DeliveryState.HandedOver => "the next gateway has it; give the order there",
        _ => "nothing more happens to it by itself",
    };
}
