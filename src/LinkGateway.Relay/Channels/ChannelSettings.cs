using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Relay.Channels;

/// <summary>What a channel is made from: a destination with its secrets and certificates as they are now.</summary>
sealed class ChannelSettings
{
    ChannelSettings(ServiceDestination destination, string? password, X509Certificate2? clientCertificate,
        IReadOnlyList<X509Certificate2> trustedCertificates)
    {
        Destination = destination;
        Password = password;
        ClientCertificate = clientCertificate;
        TrustedCertificates = trustedCertificates;
    }

    /// <summary>The destination; a gateway in the form of a service.</summary>
    public ServiceDestination Destination { get; }

    public string? Password { get; }

    public X509Certificate2? ClientCertificate { get; }

    public IReadOnlyList<X509Certificate2> TrustedCertificates { get; }

    /// <exception cref="CryptographicException">A secret cannot be had, or a file holds no certificate.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ChannelSettings Read(Destination destination, IConfigurationHost host)
    {
        var service = AsService(destination);
        string? password = null;
        if (service.Credentials?.Basic is { } basic && !basic.Password.TryResolve(host, out password, out var problem))
            throw new CryptographicException(problem);
        var certificate = service.Credentials?.Certificate is { } files ? ConfiguredCertificate.Read(files, host).Certificate : null;
        return new(service, password, certificate,
            [.. service.TrustedCertificates.Select(path => X509CertificateLoader.LoadCertificate(host.ReadFile(path)))]);
    }

    /// <summary>Whether a channel made from the other would be the same.</summary>
    public bool IsSame(ChannelSettings other) =>
        Destination with { TrustedCertificates = [] } == other.Destination with { TrustedCertificates = [] }
        && Password == other.Password
        && Equals(ClientCertificate, other.ClientCertificate)
        && TrustedCertificates.SequenceEqual(other.TrustedCertificates);

    static ServiceDestination AsService(Destination destination) => destination switch
    {
        ServiceDestination service => service,
        GatewayDestination gateway => new ServiceDestination
        {
            Id = gateway.Id,
            Environment = gateway.Environment,
            Url = gateway.Url,
            Credentials = gateway.Credentials,
            TrustedCertificates = gateway.TrustedCertificates,
            AllowPlainHttp = gateway.AllowPlainHttp,
            // Many receivers stand behind it. It answers for each of them, by a fault when one is silent, and must have the time to.
            Silence = TimeSpan.FromMinutes(3),
            Concurrency = 512,
            Queue = 512,
        },
        _ => throw new ArgumentException($"A call cannot go to destination {destination.Id}.", nameof(destination)),
    };
}
