using System.Collections.Concurrent;
using System.Net;

namespace LinkGateway.Server.Security;

/// <summary>
/// Counts failed logins by source address and the participant meant. After <see cref="Allowed"/> failures within <see cref="Window"/>,
/// passwords for it from there are not even looked at until the window is over: guessing gets slow, and cannot burn the processor on
/// PBKDF2; and one job with an old password does not lock out the others behind the same proxy. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class FailureLimiter(TimeProvider time)
{
    /// <summary>Failures within a window.</summary>
    public const int Allowed = 10;

    /// <summary>Length of a window, from its first failure.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Beyond this many sources at once, those whose window is over are dropped.
    const int Sources = 10_000;

    readonly ConcurrentDictionary<(IPAddress Source, string Participant), (DateTimeOffset Since, int Count)> _failures = new();

    /// <summary>How long no password for it from there is looked at; null when it may try.</summary>
    /// <param name="source">Where the login comes from.</param>
    /// <param name="participant">Id of the participant meant; empty for all that are unknown.</param>
    public TimeSpan? Blocked(IPAddress source, string participant)
    {
        if (!_failures.TryGetValue((source, participant), out var failures) || failures.Count < Allowed)
            return null;
        var left = failures.Since + Window - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : null;
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="source">Where the login came from.</param>
    /// <param name="participant">Id of the participant meant; empty for all that are unknown.</param>
    public void Failed(IPAddress source, string participant)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= Sources)
            DropOld(now);
        _failures.AddOrUpdate((source, participant), (now, 1),
            (_, known) => now - known.Since < Window ? (known.Since, known.Count + 1) : (now, 1));
    }

    void DropOld(DateTimeOffset now)
    {
        foreach (var (source, known) in _failures)
        {
            if (now - known.Since >= Window)
                _failures.TryRemove(source, out _);
        }
    }
}
