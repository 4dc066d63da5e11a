namespace LinkGateway.Client.Sending;

/// <summary>How often and when a call is repeated that failed for the time being.</summary>
public sealed record RetryOptions
{
    /// <summary>Most tries of one call, the first included. Default 10, with the default delays one to two minutes.</summary>
    public int MaxTries { get; init; } = 10;

    /// <summary>Delay before the second try; doubled for each further one. Default 500 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest delay. Default 30 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A gateway that asks for a longer pause than this is not waited for. Default 5 minutes.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The delay after so many tries: half to the whole of its step, so that many senders do not return at once.</summary>
    internal TimeSpan DelayAfter(int tries, TimeSpan? asked)
    {
        var step = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, tries - 1), MaxDelay.TotalMilliseconds);
        var delay = TimeSpan.FromMilliseconds(step * (0.5 + Random.Shared.NextDouble() / 2));
        return asked > delay ? asked.Value : delay;
    }
}
