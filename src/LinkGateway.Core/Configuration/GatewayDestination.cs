namespace LinkGateway.Core.Configuration;

/// <summary>Another gateway, to which transfers are forwarded chunk by chunk.</summary>
public sealed record GatewayDestination : Destination
{
    /// <summary>Address of its batch service, such as https://gw-b.example.jp:8443/batch.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its gateway id, as its receipts name the issuer; must be listed in receipts.trust.</summary>
    public required string Gateway { get; init; }

    /// <summary>With what this gateway proves who it is there.</summary>
    public required OutboundCredentials Credentials { get; init; }

    /// <summary>Its server certificates or their issuers, as DER or PEM files; empty means what the operating system trusts.</summary>
    [ConfigurationPath]
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];

    /// <summary>Chunks of one transfer that are sent at the same time, 1 to 64.</summary>
    public int ChunksInFlight { get; init; } = 4;

    /// <summary>Deliveries that are under way to it at the same time, 1 to 1000; null means as many as there are workers.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Plain http beyond loopback must be allowed here by name.</summary>
    public bool AllowPlainHttp { get; init; }

    internal override int? MostDeliveries => Concurrency;
}
