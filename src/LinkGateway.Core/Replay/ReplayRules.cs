using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Replay;

/// <summary>
/// What a replay does about a delivery: what did not reach its receiver goes on; of what did, copy n+1 is made; everything else stays as
/// it is, with the reason. The plan and the deed are judged by the same rule, each by the state of its moment.
/// </summary>
static class ReplayRules
{
    /// <summary>States of deliveries that reached their receiver.</summary>
    public static readonly IReadOnlyList<DeliveryState> Reached =
        [DeliveryState.Delivered, DeliveryState.Applied, DeliveryState.ReceiverRejected];

    /// <summary>States of deliveries about which a replay can do anything.</summary>
    public static readonly IReadOnlyList<DeliveryState> Replayable = [DeliveryState.Failed, DeliveryState.Held, .. Reached];

    /// <summary>Judges one delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="transfer">Its transfer.</param>
    /// <param name="to">The destination that is ordered; null: as the route says.</param>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="now">Now.</param>
    public static ReplayVerdict Judge(
        DeliveryRecord delivery, TransferRecord? transfer, string? to, ConfigurationSnapshot snapshot, DateTimeOffset now)
    {
        if (transfer is null || transfer.PayloadId != delivery.PayloadId)
            return Skip(false, "its transfer was given up, and its id is in use for another upload");
        var isHere = transfer is { PayloadRemovedAt: null, State: TransferState.Open or TransferState.Verifying or TransferState.Accepted };
        if (delivery.Intention == DeliveryIntention.Withdraw) return Skip(isHere, "its withdrawal is under way");
        switch (delivery.State)
        {
            // The number is used up where it was sent to.
            case DeliveryState.Failed when delivery.LastErrorCode == ErrorCatalogue.ReplayTaken.Code:
                return Copy(delivery, transfer, to, snapshot, now, isHere);
            case DeliveryState.Held when delivery.NextAttemptAt is not null:
                return Skip(isHere, $"it goes on by itself: {delivery.LastErrorText}");
            case DeliveryState.Held or DeliveryState.Failed:
                return Continue(delivery, transfer, to, snapshot, isHere);
            case DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected:
                return Copy(delivery, transfer, to, snapshot, now, isHere);
            case DeliveryState.InDoubt:
                return Skip(isHere, "nobody knows whether it arrived: settle it first");
            case DeliveryState.Cancelled:
                return Skip(isHere, $"it was withdrawn ({delivery.LastErrorText}); the origin sends the file again under a new id");
            default:
                return Skip(isHere, "it is under way");
        }
    }

    /// <summary>Judges a delivery at its turn, or before it: what was to go on only, and has arrived, is not copied.</summary>
    public static ReplayVerdict JudgeTurn(
        ReplayItemRecord item, DeliveryRecord delivery, TransferRecord? transfer, string? to, ConfigurationSnapshot snapshot,
        DateTimeOffset now)
    {
        var verdict = Judge(delivery, transfer, to, snapshot, now);
        return verdict.Action == ReplayAction.Copy && item.Text != ReplayItemRecord.ToCopy
            ? Skip(verdict.PayloadHere, $"it is {delivery.State} by now; order a copy if one is wanted")
            : verdict;
    }

    static ReplayVerdict Continue(
        DeliveryRecord delivery, TransferRecord transfer, string? to, ConfigurationSnapshot snapshot, bool isHere)
    {
        if (transfer.PayloadRemovedAt is not null) return Skip(false, Removed(delivery, transfer, snapshot));
        if (OrderRules.Obstacle(OrderKind.Release, delivery, transfer, snapshot.Configuration) is { } obstacle)
            return Skip(isHere, obstacle);
        if (to is null) return new ReplayVerdict(ReplayAction.Continue, isHere, delivery.DestinationId, null);
        if (WhyNotTo(delivery, transfer, to, snapshot) is { } closed) return Skip(isHere, closed);
        return delivery.Doubts.FirstOrDefault(doubt => doubt != to) is { } doubt
            ? Skip(isHere, $"{doubt} may hold it: settle it before it goes to another destination")
            : new ReplayVerdict(ReplayAction.Continue, isHere, to, null);
    }

    static ReplayVerdict Copy(
        DeliveryRecord delivery, TransferRecord transfer, string? to, ConfigurationSnapshot snapshot, DateTimeOffset now, bool isHere)
    {
        if (transfer.PayloadRemovedAt is not null) return Skip(false, Removed(delivery, transfer, snapshot));
        if (transfer.State != TransferState.Accepted) return Skip(isHere, $"its transfer is {transfer.State}");
        if (transfer.AwaitsConfirmation) return Skip(isHere, "it is not confirmed yet where it was fetched from");
        if (transfer.Manifest.NotAfter is { } notAfter && notAfter < now)
            return Skip(isHere, $"its manifest allows no delivery after {notAfter:O}; the origin sends the file again under a new id");
        if (to is not null)
        {
            return WhyNotTo(delivery, transfer, to, snapshot) is { } closed
                ? Skip(isHere, closed)
                : new ReplayVerdict(ReplayAction.Copy, isHere, to, null);
        }

        var former = snapshot.Configuration.Destinations.FirstOrDefault(item => item.Id == delivery.DestinationId);
        var route = RouteOf(delivery, transfer, former, snapshot);
        if (route is null) return Skip(isHere, NoRoute(delivery, transfer));
        var destination = route.Names(delivery.DestinationId) ? delivery.DestinationId : route.Destination.Id;
        return new ReplayVerdict(ReplayAction.Copy, isHere, destination, null);
    }

    static string? WhyNotTo(DeliveryRecord delivery, TransferRecord transfer, string to, ConfigurationSnapshot snapshot)
    {
        if (snapshot.Configuration.Destinations.FirstOrDefault(item => item.Id == to) is not { } destination)
            return $"destination {to} is not configured";
        if (RouteOf(delivery, transfer, destination, snapshot) is not { } route) return NoRoute(delivery, transfer);
        return route.Names(to) ? null : $"the route to {delivery.Receiver} does not name destination {to}";
    }

    static Route? RouteOf(DeliveryRecord delivery, TransferRecord transfer, Destination? destination, ConfigurationSnapshot snapshot)
    {
        if (destination is not null) return TransferRoutes.Of(snapshot, transfer.Manifest, delivery.Receiver, destination);

        // A reply goes where its message came from, and by no route of its own.
        return transfer.Manifest.IsReply()
            ? null
            : snapshot.Routes.Resolve(transfer.Manifest.Origin, transfer.Manifest.InterfaceId, delivery.Receiver);
    }

    static string NoRoute(DeliveryRecord delivery, TransferRecord transfer) =>
        $"no route leads from {transfer.Manifest.Origin} with {transfer.Manifest.InterfaceId} to {delivery.Receiver} any more";

    // Who may hold the bytes still: the gateway that they came from, or the one that they went to.
    static string Removed(DeliveryRecord delivery, TransferRecord transfer, ConfigurationSnapshot snapshot)
    {
        var removed = $"its payload was removed here at {transfer.PayloadRemovedAt:yyyy-MM-dd'T'HH:mm:sszzz}";
        const string Again = "else the origin sends the file again under a new id";
        if (!transfer.Identity.IsEntry) return $"{removed}; {transfer.SubmittedBy} may hold it still: order the replay there, {Again}";
        var next = snapshot.Configuration.Destinations.OfType<GatewayDestination>()
            .FirstOrDefault(item => item.Id == delivery.DestinationId);
        return next is null
            ? $"{removed}; the origin sends the file again under a new id"
            : $"{removed}; {next.Gateway} may hold it still: order the replay there, {Again}";
    }

    static ReplayVerdict Skip(bool isHere, string why) => new(ReplayAction.Skip, isHere, null, why);
}
