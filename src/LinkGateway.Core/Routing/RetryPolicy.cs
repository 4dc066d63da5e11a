using System.Diagnostics;

namespace LinkGateway.Core.Routing;

/// <summary>How a failed delivery is tried again: exponential back-off with jitter, bounded in delay and number.</summary>
/// <param name="Attempts">Attempts in all, at least 1.</param>
/// <param name="FirstDelay">Longest delay after the first attempt.</param>
/// <param name="MaxDelay">Longest delay after any attempt.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, TimeSpan MaxDelay)
{
    /// <summary>Whether another attempt follows after so many.</summary>
    public bool AllowsAnother(int attemptsMade) => attemptsMade < Attempts;

    /// <summary>The delay after a failed attempt: half to the whole of first delay × 2^(attempt − 1), at most the longest delay.</summary>
    /// <remarks>Half is kept to let a destination rest; the other half is spread so that deliveries do not come back together.</remarks>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="jitter01">A random number, 0 ≤ n ≤ 1.</param>
    public TimeSpan Delay(int attempt, double jitter01)
    {
        Debug.Assert(attempt >= 1 && jitter01 is >= 0 and <= 1);
        // In floating point the doubling cannot overflow, whatever the attempt.
        var longest = Math.Min(FirstDelay.Ticks * Math.Pow(2, attempt - 1), MaxDelay.Ticks);
        return TimeSpan.FromTicks((long)(longest / 2 * (1 + jitter01)));
    }
}
