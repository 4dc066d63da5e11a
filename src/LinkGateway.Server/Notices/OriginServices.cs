using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Notifications;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices.Callbacks;
using LinkGateway.Server.Destinations;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Server.Notices;

/// <summary>The services of origins that are told what became of their files, each with connections of its own. Thread-safe.</summary>
/// <param name="host">Where credentials are read from.</param>
/// <param name="time">The clock.</param>
sealed class OriginServices(IConfigurationHost host, TimeProvider time) : IOriginServices
{
    // As with GatewayPeers: a reload makes new connections.
    readonly ConditionalWeakTable<NoticeCallback, OriginService> _services = [];

    public IOriginService ServiceOf(NoticeCallback callback)
    {
        try
        {
            return _services.GetValue(callback, Connect);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Not remembered: whoever puts the file back need not reload.
            return new UnusableOrigin($"the credentials for {callback.Url} cannot be had: {error.Message}");
        }
    }

    OriginService Connect(NoticeCallback callback)
    {
        var options = OutboundConnection.Options(callback.Credentials, callback.TrustedCertificates, host) with
        {
            AllowPlainHttp = callback.AllowPlainHttp,
            MaxConnections = 1,
        };
        var called = new NotificationClientOptions
        {
            Version = callback.Soap == ReceiverSoap.Soap12 ? SoapVersion.Soap12 : SoapVersion.Soap11,
            SilenceTimeout = callback.Silence,
        };
        var http = GatewayConnections.Create(callback.Url, options, time);
        return new OriginService(new NotificationClient(http, callback.Url, called, time));
    }
}
