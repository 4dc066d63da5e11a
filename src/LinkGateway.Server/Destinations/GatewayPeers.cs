using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Server.Destinations;

/// <summary>The gateways that are destinations, each with connections of its own. Thread-safe.</summary>
/// <param name="host">Where credentials are read from.</param>
/// <param name="time">The clock.</param>
sealed class GatewayPeers(IConfigurationHost host, TimeProvider time) : IPeerFactory
{
    // Chunks in flight of several deliveries share the connections; the long poll for receipts holds one more.
    const int DeliveriesAtOnce = 4;

    // Every configuration in force has destination objects of its own, so a reload makes new connections with the credentials of now. What
    // runs keeps the old ones, which go with the last delivery that names them; their idle connections close themselves.
    readonly ConditionalWeakTable<GatewayDestination, IPeer> _peers = [];

    public IPeer PeerOf(GatewayDestination destination)
    {
        try
        {
            return _peers.GetValue(destination, Connect);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Not remembered: whoever puts the file back need not reload.
            return new UnusablePeer($"the credentials for destination {destination.Id} cannot be had: {error.Message}");
        }
    }

    GatewayPeer Connect(GatewayDestination destination)
    {
        var options = OutboundConnection.Options(destination.Credentials, destination.TrustedCertificates, host) with
        {
            AllowPlainHttp = destination.AllowPlainHttp,
            MaxConnections = (destination.ChunksInFlight * DeliveriesAtOnce) + 1,
        };
        var http = GatewayConnections.Create(destination.Url, options, time);
        return new GatewayPeer(new BatchClient(http, destination.Url, time: time));
    }
}
