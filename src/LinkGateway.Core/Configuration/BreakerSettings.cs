namespace LinkGateway.Core.Configuration;

/// <summary>When a receiver that keeps failing is left alone for a while.</summary>
public sealed record BreakerSettings
{
    /// <summary>Share of failed calls, over 0 to 1, from which on it is left alone.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Calls within window from which on the share counts, at least 2.</summary>
    public int Calls { get; init; } = 10;

    /// <summary>Time over which calls are counted, as d.hh:mm:ss.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for which it is left alone before one call tries it, as d.hh:mm:ss.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(15);
}
