using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;

namespace LinkGateway.Core.Pacing;

/// <summary>The weight of the class that the delivery's route has in the present mode.</summary>
sealed class ClassWeights(ConfigurationSource configuration, StandingOrders standing) : IDeliveryWeights
{
    public double WeightOf(TransferRecord transfer, DeliveryRecord delivery)
    {
        var (manifest, snapshot) = (transfer.Manifest, configuration.Current);
        var route = snapshot.Routes.Resolve(manifest.Origin, manifest.InterfaceId, delivery.Receiver);
        return snapshot.Priorities.In(standing.Mode).Of(route?.Class).Weight;
    }
}
