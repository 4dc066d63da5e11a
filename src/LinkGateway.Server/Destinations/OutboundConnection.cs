using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Client.Connections;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Server.Destinations;

/// <summary>Reads the credentials and certificates of a destination.</summary>
static class OutboundConnection
{
    /// <summary>Who calls and whom is trusted.</summary>
    /// <param name="credentials">The credentials; null for none.</param>
    /// <param name="trusted">Files of the certificates trusted; empty means what the operating system trusts.</param>
    /// <param name="host">Where secrets are read from.</param>
    /// <exception cref="CryptographicException">A certificate or a secret cannot be had.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ConnectionOptions Options(OutboundCredentials? credentials, IReadOnlyList<string> trusted, IConfigurationHost host)
    {
        string? password = null;
        if (credentials?.Basic is { } basic && !basic.Password.TryResolve(host, out password, out var problem))
            throw new CryptographicException(problem);
        return new ConnectionOptions
        {
            User = credentials?.Basic?.User,
            Password = password,
            ClientCertificate = credentials?.Certificate is { } files ? ConfiguredCertificate.Read(files, host).Certificate : null,
            TrustedServerCertificates = [.. trusted.Select(X509CertificateLoader.LoadCertificateFromFile)],
        };
    }
}
