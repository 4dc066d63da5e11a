namespace LinkGateway.Core.Configuration;

/// <summary>
/// Another gateway's inbox, from which this gateway fetches what is for receivers behind it: for zones that may only open connections
/// outward. There this gateway is a participant of kind gateway with mayReceiveFor.
/// </summary>
public sealed record PullSettings
{
    /// <summary>Id for logs and for the record of what was returned; keep it.</summary>
    public required string Id { get; init; }

    /// <summary>Address of the other gateway's batch service, such as https://gw-a.example.jp:8443/batch.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// The other gateway's id. It must be a participant here of kind gateway, whose mayForwardFor names the origins, and be listed in
    /// receipts.trust.
    /// </summary>
    public required string Gateway { get; init; }

    /// <summary>With what this gateway proves who it is there.</summary>
    public required OutboundCredentials Credentials { get; init; }

    /// <summary>Its server certificates or their issuers, as DER or PEM files; empty means what the operating system trusts.</summary>
    [ConfigurationPath]
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];

    /// <summary>Chunks of one file that are fetched at the same time, 1 to 64.</summary>
    public int ChunksInFlight { get; init; } = 4;

    /// <summary>Files that are fetched at the same time, 1 to 64.</summary>
    public int FilesInFlight { get; init; } = 2;

    /// <summary>Plain http beyond loopback must be allowed here by name.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>When it is fetched; null means at once, whenever something waits there.</summary>
    public ScheduleSettings? Schedule { get; init; }
}
