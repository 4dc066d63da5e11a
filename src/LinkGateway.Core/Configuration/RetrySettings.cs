namespace LinkGateway.Core.Configuration;

/// <summary>How a failed delivery is tried again: the delay doubles from firstDelay to maxDelay.</summary>
public sealed record RetrySettings
{
    /// <summary>
    /// Attempts in all, at least 1; then the delivery is Failed and the file kept. 2,000 by default: about ten days with the default
    /// delays, since outages of a week are on record, and whoever fails a file earlier has somebody send it by hand.
    /// </summary>
    public int Attempts { get; init; } = 2000;

    /// <summary>Longest delay before the second attempt, as d.hh:mm:ss.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest delay before any attempt, as d.hh:mm:ss.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(10);
}
