using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Delivery;

/// <summary>Gives the peer behind a gateway destination.</summary>
public interface IPeerFactory
{
    /// <summary>The peer of <paramref name="destination"/>; connections are pooled behind it.</summary>
    IPeer PeerOf(GatewayDestination destination);
}
