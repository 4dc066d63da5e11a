using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Sequences;

namespace LinkGateway.Core.Orders;

/// <summary>What an operator may order in which state, and what becomes of the delivery.</summary>
static class OrderRules
{
    /// <summary>The orders that the delivery's state allows.</summary>
    public static IReadOnlyList<OrderKind> Possible(
        DeliveryRecord delivery, TransferRecord? transfer, GatewayConfiguration configuration) =>
        [.. Enum.GetValues<OrderKind>().Where(order => Obstacle(order, delivery, transfer, configuration) is null)];

    /// <summary>Why the order is not possible; null when it is.</summary>
    public static string? Obstacle(
        OrderKind order, DeliveryRecord delivery, TransferRecord? transfer, GatewayConfiguration configuration) => order switch
        {
            OrderKind.Replay => "a replay is ordered as such, with a plan first",
            OrderKind.SettleNotDelivered when IsStranded(delivery, configuration) && delivery.SetKey is not null =>
                "its set is published together; settle it as delivered, or bring its folder back",
            OrderKind.SettleDelivered or OrderKind.SettleNotDelivered =>
                IsInDoubt(delivery) || IsStranded(delivery, configuration) ? null : "it is not in doubt where it is",
            _ when delivery.Intention == DeliveryIntention.Withdraw => "its withdrawal is under way",
            OrderKind.Hold => delivery.State is DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.InDoubt
                ? null
                : WhyNotHeld(delivery.State),
            OrderKind.Release when transfer?.PayloadRemovedAt is { } at =>
                $"its payload was removed at {at:yyyy-MM-dd'T'HH:mm:sszzz}; the origin must send it again under a new id",
            OrderKind.Release when SequenceOrder.IsWaiting(delivery) || SequenceOrder.IsPast(delivery) =>
                "it keeps its order; let it pass, or see to what it waits for",
            OrderKind.Release => delivery.State is DeliveryState.Held or DeliveryState.Failed
                ? null
                : "only what is Held or Failed is released",
            OrderKind.Pass => WhyNotPassed(delivery),
            OrderKind.PassAll when delivery.SequenceKey is null => "it keeps no order",
            OrderKind.PassAll => delivery.State is DeliveryState.Held or DeliveryState.Failed or DeliveryState.Cancelled
                ? null
                : "it neither waits for its order nor holds it up",
            _ => Withdrawal.Of(delivery, configuration, delivery.UpdatedAt, "") is null
                ? "the receiver may have it, or nothing more happens to it"
                : null,
        };

    /// <summary>The delivery after an order that has no obstacle; its version is the next one.</summary>
    public static DeliveryRecord Apply(
        OrderKind order, DeliveryRecord delivery, GivenOrder given, string reason, GatewayConfiguration configuration, DateTimeOffset now)
    {
        var withdrawn = $"cancelled by operator {given.Operator}: {reason}";
        return order switch
        {
            OrderKind.SettleDelivered =>
                Explained(delivery, DeliveryState.Delivered, ErrorCatalogue.SettledByOperator, given, reason, now) with
                {
                    Doubts = [],
                    Intention = DeliveryIntention.None,
                },
            OrderKind.SettleNotDelivered when delivery.Intention == DeliveryIntention.Withdraw =>
                Transfers.Acceptance.Withdrawn(delivery, now, "", withdrawn) with { Doubts = [], Intention = DeliveryIntention.None },
            OrderKind.SettleNotDelivered when delivery.State == DeliveryState.Publishing =>
                Again(delivery, now) with { Folder = null, PublishedName = null },
            OrderKind.SettleNotDelivered => Again(delivery, now) with { Doubts = [] },
            OrderKind.Hold => Explained(delivery, DeliveryState.Held, ErrorCatalogue.HeldByOperator, given, reason, now) with
            {
                Doubts = DoubtsOf(delivery, configuration),
            },
            OrderKind.Release => Again(delivery, now),
            OrderKind.Pass when SequenceOrder.IsWaiting(delivery) || SequenceOrder.IsPast(delivery) =>
                Again(delivery, now) with { SequencePass = SequencePass.Ahead },
            OrderKind.Pass => Next(delivery, now) with
            {
                SequencePass = SequencePass.Skipped,

                // A set that is complete looks again whether it may go.
                NextAttemptAt = delivery is { SetKey: not null, NextAttemptAt: not null, State: DeliveryState.Held }
                    ? now
                    : delivery.NextAttemptAt,
            },
            _ => Withdrawal.Of(delivery, configuration, now, withdrawn)!,
        };
    }

    // What was held or given up in doubt stays so until somebody settles it.
    static bool IsInDoubt(DeliveryRecord delivery) => delivery.State == DeliveryState.InDoubt
        || (delivery.Intention == DeliveryIntention.Withdraw && !DeliveryStates.IsFinal(delivery.State))
        || (delivery.Doubts.Count > 0 && delivery.State is (DeliveryState.Held or DeliveryState.Failed));

    // A publication ends in the folder where it began, unless that is gone for good: the destination leads elsewhere, and it fails.
    static bool IsStranded(DeliveryRecord delivery, GatewayConfiguration configuration) =>
        delivery is { State: DeliveryState.Publishing, LeaseOwner: null, LastErrorCode: not null, Folder: { } begun }
        && !configuration.Destinations.OfType<FolderDestination>().Any(folder => folder.Path == begun);

    // An attempt that is cut off may have come to its end at the destination. In a folder nothing is to be seen before Publishing, and an
    // inbox is gone to by nobody; but whoever is fetching from it may store the file before it learns that its lease has ended.
    static IReadOnlyList<string> DoubtsOf(DeliveryRecord delivery, GatewayConfiguration configuration)
    {
        var isFetched = delivery is { OfferedAt: not null, LeaseToken: not null };
        var isHere = !isFetched && configuration.Destinations.Any(
            item => item is FolderDestination or InboxDestination && item.Id == delivery.DestinationId);
        var mayHaveGone = delivery.State == DeliveryState.InDoubt || (delivery.State == DeliveryState.Sending && !isHere);
        return mayHaveGone ? [.. delivery.Doubts.Append(delivery.DestinationId).Distinct()] : delivery.Doubts;
    }

    // Its tries begin anew: what used them up is mended, or the operator thinks so.
    static DeliveryRecord Again(DeliveryRecord delivery, DateTimeOffset now) =>
        Next(DeliveryAttempt.Release(delivery, DeliveryState.Waiting, now, null, null), now) with { Attempts = 0 };

    // Whoever fetched it from an inbox is known by its lease: once it is settled as delivered the only copy may be the fetched one, and
    // "lease lost" would have that thrown away.
    static DeliveryRecord Explained(
        DeliveryRecord delivery, DeliveryState state, ErrorEntry entry, GivenOrder given, string reason, DateTimeOffset now) =>
        Next(DeliveryAttempt.Release(delivery, state, null, entry.Code, entry.Text([given.Operator, reason], japanese: false)), now) with
        {
            LeaseToken = delivery.LeaseToken,
        };

    static DeliveryRecord Next(DeliveryRecord delivery, DateTimeOffset now) =>
        delivery with { UpdatedAt = now, Version = delivery.Version + 1 };

    static string? WhyNotPassed(DeliveryRecord delivery) => delivery switch
    {
        { SequenceKey: null } => "it keeps no order",
        { SequencePass: SequencePass.Skipped } => "nothing waits for it any more",
        { State: DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected } => "nothing waits for what is done",
        { LeaseOwner: not null } => "it is under way; hold or cancel it first",
        _ => null,
    };

    static string WhyNotHeld(DeliveryState state) => state switch
    {
        DeliveryState.Held => "it is held already",
        DeliveryState.Publishing => "the receiver may see it already",
        DeliveryState.HandedOver => "the next gateway has it; give the order there",
        _ => "nothing more happens to it by itself",
    };
}
