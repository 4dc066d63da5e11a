using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Routing;
using static LinkGateway.Contract.States.DeliveryState;

namespace LinkGateway.Core.Retention;

/// <summary>How long an accepted payload is kept (DESIGN section 5): until nobody can want it here any more.</summary>
static class RetentionRules
{
    /// <summary>How long the payload of a transfer is kept: as long as the delivery that keeps it longest.</summary>
    /// <param name="transfer">The transfer, accepted once.</param>
    /// <param name="deliveries">Its deliveries.</param>
    /// <param name="events">Its events: when a delivery came to its end is not the time of its last change.</param>
    /// <param name="snapshot">The configuration.</param>
    public static Keeping Of(
        TransferRecord transfer, IReadOnlyList<DeliveryRecord> deliveries, IReadOnlyList<JournalEvent> events,
        ConfigurationSnapshot snapshot)
    {
        var longest = new Keeping(transfer.AcceptedAt ?? transfer.CreatedAt, "nothing is to be delivered");
        foreach (var delivery in deliveries.Where(item => item.PayloadId == transfer.PayloadId))
        {
            var keeping = Of(transfer, delivery, events, snapshot);
            if (keeping.Until is null) return keeping;
            if (keeping.Until >= longest.Until) longest = keeping;
        }

        return longest;
    }

    /// <summary>The shortest time for which a transfer may be kept after a delivery: before that nobody need look.</summary>
    public static TimeSpan Shortest(TransferRecord transfer, ConfigurationSnapshot snapshot)
    {
        var receivers = transfer.Identity.IsEntry ? transfer.Manifest.Receivers : [transfer.Identity.Receiver];
        return receivers.Select(receiver => TransferRoutes.RetentionOf(snapshot, transfer.Manifest, receiver))
            .DefaultIfEmpty(snapshot.Configuration.Retention.Delivered).Min();
    }

    static Keeping Of(
        TransferRecord transfer, DeliveryRecord delivery, IReadOnlyList<JournalEvent> events, ConfigurationSnapshot snapshot)
    {
        // What may have reached somebody, nobody knowing, may still have to be delivered elsewhere.
        if (!DeliveryStates.IsFinal(delivery.State) || (delivery.State == Failed && delivery.Doubts.Count > 0))
        {
            var doubt = delivery.Doubts.Count > 0 ? " and in doubt" : "";
            return new Keeping(null, $"the delivery to {delivery.Receiver} is {delivery.State}{doubt}");
        }

        var ended = EndOf(delivery, events);
        var afterDelivery = TransferRoutes.RetentionOf(snapshot, transfer.Manifest, delivery.Receiver);
        var failed = snapshot.Configuration.Retention.Failed;
        var afterFailure = failed > afterDelivery ? failed : afterDelivery;
        return delivery.State switch
        {
            Cancelled => new Keeping(ended, $"cancelled for {delivery.Receiver}"),
            Delivered or Applied => new Keeping(ended + afterDelivery, $"{afterDelivery:c} after the delivery to {delivery.Receiver}"),
            _ => new Keeping(ended + afterFailure, $"{afterFailure:c} after {delivery.State} for {delivery.Receiver}"),
        };
    }

    // A receiver that says later what became of the file, or a job that is tried again, does not begin the time anew.
    static DateTimeOffset EndOf(DeliveryRecord delivery, IReadOnlyList<JournalEvent> events)
    {
        var end = KindOf(delivery.State);
        var last = events.LastOrDefault(
            item => item.DeliveryId == delivery.DeliveryId && KindOf(item.To) == end && KindOf(item.From) != end);
        return last?.At ?? delivery.UpdatedAt;
    }

    static string KindOf(string state) => Enum.TryParse<DeliveryState>(state, out var parsed) ? KindOf(parsed) : "";

    static string KindOf(DeliveryState state) => state switch
    {
        Delivered or Applied => "delivered",
        ReceiverRejected or Failed => "not delivered",
        Cancelled => "cancelled",
        _ => "",
    };
}
