using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Client.Connections;

/// <summary>How a gateway is reached: who calls, whom is trusted, how many connections.</summary>
public sealed record ConnectionOptions
{
    /// <summary>User name for Basic authentication; null sends none. Only sent over TLS, or over plain HTTP on loopback.</summary>
    public string? User { get; init; }

    /// <summary>Password for Basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>The caller's certificate with its private key; null for none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>
    /// Certificates that the gateway's own must be or be issued by; empty means the machine's trusted roots. A certificate pinned itself
    /// is accepted under any host name, since it names one key; one issued by a pinned authority must fit the host name.
    /// </summary>
    public IReadOnlyList<X509Certificate2> TrustedServerCertificates { get; init; } = [];

    /// <summary>Allows credentials over plain HTTP beyond loopback. Default false.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Most connections to a gateway. Default 16; chunks in flight take one each.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>Time for name lookup, connection and TLS handshake. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The proxy to go through; null means the system's.</summary>
    public IWebProxy? Proxy { get; init; }
}
