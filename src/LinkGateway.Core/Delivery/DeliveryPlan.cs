using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Sets;

namespace LinkGateway.Core.Delivery;

/// <summary>Makes the deliveries of a transfer: one for each receiver.</summary>
static class DeliveryPlan
{
    /// <summary>Whether chunks may flow on before the transfer is accepted here (DESIGN section 4, item 7).</summary>
    public static bool MayPipeline(Destination destination) => destination is GatewayDestination;

    /// <summary>The deliveries of <paramref name="transfer"/>, due at <paramref name="dueAt"/> (null: when something happens).</summary>
    public static IEnumerable<DeliveryRecord> For(
        TransferRecord transfer, IEnumerable<Route> routes, IRandom random, DateTimeOffset now, DateTimeOffset? dueAt) =>
        routes.Select(route => new DeliveryRecord
        {
            DeliveryId = random.NextId(),
            Transfer = transfer.Identity,
            PayloadId = transfer.PayloadId,
            Receiver = route.Receiver,
            InterfaceId = transfer.Manifest.InterfaceId,
            Replay = transfer.Identity.Replay,
            DestinationId = route.Destination.Id,
            SetKey = SetKeys.Of(transfer.Manifest, route.Receiver, transfer.Identity.Replay),
            State = DeliveryState.Waiting,
            Attempts = 0,
            NextAttemptAt = dueAt,
            CreatedAt = now,
            UpdatedAt = now,
        });
}
