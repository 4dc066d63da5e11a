using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Receivers;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Server.Destinations;

/// <summary>The receiving systems that are destinations, each with connections of its own. Thread-safe.</summary>
/// <param name="host">Where credentials are read from.</param>
/// <param name="time">The clock.</param>
sealed class FileReceivers(IConfigurationHost host, TimeProvider time) : IFileReceivers
{
    // Chunks in flight of several deliveries share the connections.
    const int DeliveriesAtOnce = 4;

    // As with GatewayPeers: a reload makes new connections, and the old ones go with the last delivery that names them.
    readonly ConditionalWeakTable<ReceiverDestination, IFileReceiver> _receivers = [];

    public IFileReceiver ReceiverOf(ReceiverDestination destination)
    {
        try
        {
            return _receivers.GetValue(destination, Connect);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Not remembered: whoever puts the file back need not reload.
            return new UnusableReceiver($"the credentials for destination {destination.Id} cannot be had: {error.Message}");
        }
    }

    SoapFileReceiver Connect(ReceiverDestination destination)
    {
        var options = OutboundConnection.Options(destination.Credentials, destination.TrustedCertificates, host) with
        {
            AllowPlainHttp = destination.AllowPlainHttp,
            MaxConnections = destination.ChunksInFlight * DeliveriesAtOnce,
        };
        var http = GatewayConnections.Create(destination.Url, options, time);
        var called = new ReceiverClientOptions
        {
            Version = destination.Soap == ReceiverSoap.Soap12 ? SoapVersion.Soap12 : SoapVersion.Soap11,
            SilenceTimeout = destination.Silence,
        };
        return new SoapFileReceiver(new ReceiverClient(http, destination.Url, called, time));
    }
}
