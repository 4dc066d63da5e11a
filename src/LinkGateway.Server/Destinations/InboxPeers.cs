using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Pull;

namespace LinkGateway.Server.Destinations;

/// <summary>The gateways that are pulled from, each with connections of its own. Thread-safe.</summary>
/// <param name="host">Where credentials are read from.</param>
/// <param name="time">The clock.</param>
sealed class InboxPeers(IConfigurationHost host, TimeProvider time) : IInboxPeerFactory
{
    // The long poll for new files, and the confirmations.
    const int Beside = 3;

    // As in GatewayPeers: a reload makes new connections with the credentials of now.
    readonly ConditionalWeakTable<PullSettings, IInboxPeer> _peers = [];

    public IInboxPeer InboxOf(PullSettings settings)
    {
        try
        {
            return _peers.GetValue(settings, Connect);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new UnusableInbox($"the credentials for pull {settings.Id} cannot be had: {error.Message}");
        }
    }

    InboxPeer Connect(PullSettings settings)
    {
        var options = OutboundConnection.Options(settings.Credentials, settings.TrustedCertificates, host) with
        {
            AllowPlainHttp = settings.AllowPlainHttp,
            MaxConnections = (settings.ChunksInFlight * settings.FilesInFlight) + Beside,
        };
        return new InboxPeer(new BatchClient(GatewayConnections.Create(settings.Url, options, time), settings.Url, time: time));
    }
}
