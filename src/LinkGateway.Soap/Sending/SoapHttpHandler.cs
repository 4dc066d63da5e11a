using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Soap.Sending;

/// <summary>Makes the HTTP handlers that SOAP is best sent through.</summary>
public static class SoapHttpHandler
{
    /// <summary>
    /// A handler whose connections surface an answer that comes while a large request is still being sent, and that follows no redirects
    /// and keeps no cookies. Its TLS options are the caller's to set. With other handlers <see cref="SoapSender"/> works too, but such an
    /// answer may be lost to a broken pipe.
    /// </summary>
    /// <returns>A new handler, to be shared by all requests of one client.</returns>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // An address behind a name may change; no connection outlives this unless a request is under way on it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        PlaintextStreamFilter = static (context, _) => ValueTask.FromResult<Stream>(new EarlyAnswerStream(context.PlaintextStream)),
    };

    /// <summary>A handler for one server that is known: who calls it, and by what it is trusted.</summary>
    /// <param name="clientCertificate">The caller's certificate with its private key; null for none.</param>
    /// <param name="trustedServerCertificates">
    /// Certificates that the server's own must be or be issued by; empty means the machine's trusted roots. A certificate pinned itself
    /// is accepted under any host name, since it names one key; one issued by a pinned authority must fit the host name.
    /// </param>
    /// <param name="time">Clock for the validity of certificates.</param>
    /// <returns>A new handler, to be shared by all requests of one client.</returns>
    public static SocketsHttpHandler Create(
        X509Certificate2? clientCertificate, IReadOnlyList<X509Certificate2> trustedServerCertificates, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(trustedServerCertificates);
        var tls = new SslClientAuthenticationOptions();
        if (clientCertificate is not null)
            tls.ClientCertificateContext =
                SslStreamCertificateContext.Create(clientCertificate, additionalCertificates: null, offline: true);
        if (trustedServerCertificates.Count > 0)
        {
            var trust = new ServerTrust(trustedServerCertificates, time);
            tls.RemoteCertificateValidationCallback = (_, presented, chain, errors) => trust.Accepts(presented, chain, errors);
        }
        var handler = Create();
        handler.SslOptions = tls;
        // Shorter than Kestrel's keep-alive of 130 s, so that a connection is rarely closed under a request that was just written.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90);
        handler.Expect100ContinueTimeout = TimeSpan.FromSeconds(5);
        return handler;
    }
}
