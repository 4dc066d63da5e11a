using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Network;

/// <summary>The other gateways as a life of one gateway sees them.</summary>
sealed class PeersOf(Host from, Life life) : IPeerFactory
{
    readonly Dictionary<string, IPeer> _peers = [];

    public IPeer PeerOf(GatewayDestination destination)
    {
        if (!_peers.TryGetValue(destination.Gateway, out var peer))
            _peers.Add(
                destination.Gateway, peer = from.Night.PlantedOver(new WirePeer(from, life, from.Night.HostOf(destination.Gateway))));
        return peer;
    }
}
