namespace LinkGateway.Core.Configuration;

/// <summary>A gateway whose receipts are believed.</summary>
public sealed record TrustedIssuer
{
    /// <summary>Id of the gateway, as its receipts name the issuer.</summary>
    public required string Gateway { get; init; }

    /// <summary>Its receipt certificates, as DER or PEM files; list old and new while it changes its key.</summary>
    [ConfigurationPath]
    public required IReadOnlyList<string> Certificates { get; init; }
}
