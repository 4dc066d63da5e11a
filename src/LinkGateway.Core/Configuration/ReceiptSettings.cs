namespace LinkGateway.Core.Configuration;

/// <summary>With what receipts are signed, and whose are believed.</summary>
public sealed record ReceiptSettings
{
    /// <summary>Signing certificate, ECDSA P-256 or RSA; null means a key made on first start and kept under data.directory.</summary>
    public CertificateSettings? Certificate { get; init; }

    /// <summary>Gateways whose receipts are believed: entry gateways of what is forwarded here, next gateways, and those behind.</summary>
    public IReadOnlyList<TrustedIssuer> Trust { get; init; } = [];
}
