namespace LinkGateway.Core.Configuration;

/// <summary>A certificate with its private key: either pfx, or pem with key.</summary>
public sealed record CertificateSettings
{
    /// <summary>PKCS #12 file.</summary>
    [ConfigurationPath]
    public string? Pfx { get; init; }

    /// <summary>Password of the PKCS #12 file or of an encrypted PEM key, as env:NAME or file:PATH; null means none.</summary>
    [ConfigurationPath]
    public SecretReference? Password { get; init; }

    /// <summary>PEM file of the certificate, with its chain.</summary>
    [ConfigurationPath]
    public string? Pem { get; init; }

    /// <summary>PEM file of the private key; goes with pem.</summary>
    [ConfigurationPath]
    public string? Key { get; init; }
}
