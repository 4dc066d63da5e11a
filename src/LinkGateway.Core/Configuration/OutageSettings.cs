namespace LinkGateway.Core.Configuration;

/// <summary>When a destination that is missed again and again is left alone, but for one delivery now and then that tries it.</summary>
public sealed record OutageSettings
{
    /// <summary>Misses that it may have at most, 1 to 1000: it is left alone from then on. Each answer makes some of a miss good.</summary>
    public int Misses { get; init; } = 3;

    /// <summary>
    /// How much of a miss one answer makes good, over 0 to 1. With 0.5 a destination that misses more than one delivery in three is left
    /// alone sooner or later.
    /// </summary>
    public double Credit { get; init; } = 0.5;

    /// <summary>Time until the first delivery tries it, as d.hh:mm:ss; doubled with each one that misses it too.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time between two that try it, as d.hh:mm:ss.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(2);
}
