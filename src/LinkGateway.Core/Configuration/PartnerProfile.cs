namespace LinkGateway.Core.Configuration;

/// <summary>How a partner's software speaks.</summary>
public sealed record PartnerProfile
{
    /// <summary>Whether messages that deviate from the standards are accepted and reported, or refused.</summary>
    public WireStrictness Wire { get; init; } = WireStrictness.Lenient;

    /// <summary>Deviations that are accepted all the same when wire is strict.</summary>
    public IReadOnlyList<WireDeviation> Accept { get; init; } = [];

    /// <summary>Deviations that are refused all the same when wire is lenient.</summary>
    public IReadOnlyList<WireDeviation> Refuse { get; init; } = [];
}
