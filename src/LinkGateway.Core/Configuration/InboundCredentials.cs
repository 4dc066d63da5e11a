namespace LinkGateway.Core.Configuration;

/// <summary>With what a participant proves who it is: Basic over TLS, client certificates, or either.</summary>
public sealed record InboundCredentials
{
    /// <summary>User and password; null means none.</summary>
    public BasicCredentials? Basic { get; init; }

    /// <summary>Client certificates, as DER or PEM files, compared by SHA-256 thumbprint; list old and new while they change.</summary>
    [ConfigurationPath]
    public IReadOnlyList<string> Certificates { get; init; } = [];
}
