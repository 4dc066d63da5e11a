namespace LinkGateway.Core.Configuration;

/// <summary>With what this gateway proves who it is at another: Basic, or a client certificate.</summary>
public sealed record OutboundCredentials
{
    /// <summary>User and password; null means none.</summary>
    public BasicCredentials? Basic { get; init; }

    /// <summary>Client certificate; null means none.</summary>
    public CertificateSettings? Certificate { get; init; }
}
