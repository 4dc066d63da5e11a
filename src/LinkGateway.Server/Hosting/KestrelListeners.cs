using System.Net;
using System.Security.Authentication;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LinkGateway.Server.Hosting;

/// <summary>The configured listeners as Kestrel endpoints.</summary>
static class KestrelListeners
{
    /// <summary>Opens listeners, each with its certificate and its rules.</summary>
    public static void Open(
        KestrelServerOptions kestrel, IReadOnlyList<ListenerSettings> listeners, LimitSettings limits, GatewayKeys keys)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = limits.HeaderAndRootTime;
        foreach (var listener in listeners)
            Listen(kestrel, listener, keys);
    }

    static void Listen(KestrelServerOptions kestrel, ListenerSettings settings, GatewayKeys keys)
    {
        foreach (var address in Addresses(settings.Url))
            kestrel.Listen(address, settings.Url.Port, endpoint => Open(endpoint, settings, keys));
    }

    static void Open(ListenOptions endpoint, ListenerSettings settings, GatewayKeys keys)
    {
        var listener = new Listener(settings);
        // Uploads gain nothing from HTTP/2, whose flow control would sit between the socket and the spool (DESIGN section 6, Faults).
        endpoint.Protocols = HttpProtocols.Http1;
        endpoint.Use(next => connection =>
        {
            connection.Features.Set(listener);
            return next(connection);
        });
        if (!listener.IsTls)
            return;
        var (certificate, chain) = keys.ForListener(settings);
        endpoint.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ServerCertificateChain = chain,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // Whose it is, is judged by thumbprint for each request: a refusal there is a fault that says why, and not a broken handshake.
            ClientCertificateMode = settings.ClientCertificates == ClientCertificatePolicy.Off
                ? ClientCertificateMode.NoCertificate
                : ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (_, _, _) => true,
        });
    }

    static IPAddress[] Addresses(Uri url)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var address))
            return [address];
        // With port 0 the two loopback addresses would get two ports.
        if (url.IsLoopback)
            return url.Port == 0 ? [IPAddress.Loopback] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return Dns.GetHostAddresses(url.DnsSafeHost);
    }
}
