using System.Net;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Connections;

/// <summary>
/// Makes the <see cref="HttpClient"/> through which a gateway is called: HTTP/1.1, pooled, no redirects, no cookies, no total time.
/// </summary>
public static class GatewayConnections
{
    /// <summary>Makes a client for one gateway; the caller disposes it.</summary>
    /// <param name="address">Address of the gateway or of its batch service.</param>
    /// <param name="options">How it is reached.</param>
    /// <param name="time">Clock for the validity of certificates; the system's where null.</param>
    /// <returns>A thread-safe client that owns its connections.</returns>
    /// <exception cref="ArgumentException">The address is not absolute http(s), or credentials would travel over plain HTTP.</exception>
    public static HttpClient Create(Uri address, ConnectionOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        CheckAddress(address, options);
        var http = new HttpClient(CreateHandler(options, time ?? TimeProvider.System))
        {
            // Data listeners speak HTTP/1.1 (DESIGN section 6, Faults).
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (options.User is { } user)
            http.DefaultRequestHeaders.Authorization = BasicAuthentication.Header(user, options.Password);
        return http;
    }

    static void CheckAddress(Uri address, ConnectionOptions options)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"The address '{address}' is no absolute http or https address.", nameof(address));
        if (options.User is not null && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !options.AllowPlainHttp)
            throw new ArgumentException($"The password would travel unprotected to '{address}'; use https.", nameof(address));
    }

    static SocketsHttpHandler CreateHandler(ConnectionOptions options, TimeProvider time)
    {
        var handler = SoapHttpHandler.Create(options.ClientCertificate, options.TrustedServerCertificates, time);
        handler.MaxConnectionsPerServer = options.MaxConnections;
        handler.ConnectTimeout = options.ConnectTimeout;
        handler.Proxy = options.Proxy;
        return handler;
    }
}
