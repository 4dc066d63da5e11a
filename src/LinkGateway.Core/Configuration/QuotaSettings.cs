namespace LinkGateway.Core.Configuration;

/// <summary>How much of the gateway one participant may use; what is left out has no limit of its own.</summary>
public sealed record QuotaSettings
{
    /// <summary>Its transfers that are unfinished at the same time.</summary>
    public int? ConcurrentTransfers { get; init; }

    /// <summary>Declared bytes of its unfinished transfers that are still to come.</summary>
    public long? BytesInFlight { get; init; }

    /// <summary>Bytes of it that are kept: payloads within their retention, and what its unfinished transfers declare.</summary>
    public long? SpoolBytes { get; init; }

    /// <summary>Bytes that are accepted from it in a day, which begins at limits.quotaDayStartsAt; a night is one day.</summary>
    public long? BytesPerDay { get; init; }

    /// <summary>Its requests a second, of all kinds, with a burst of as many.</summary>
    public int? RequestsPerSecond { get; init; }
}
