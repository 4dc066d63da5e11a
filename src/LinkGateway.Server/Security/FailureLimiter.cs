using System.Collections.Concurrent;
using System.Net;

namespace LinkGateway.Server.Security;

/// <summary>
/// Counts failed logins by source address. After <see cref="Allowed"/> failures within <see cref="Window"/>, passwords from there are
/// not even looked at until the window is over: guessing gets slow, and cannot burn the processor on PBKDF2. Thread-safe.
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

    readonly ConcurrentDictionary<IPAddress, (DateTimeOffset Since, int Count)> _failures = new();

    /// <summary>How long nothing from there is looked at; null when it may try.</summary>
    public TimeSpan? Blocked(IPAddress source)
    {
        if (!_failures.TryGetValue(source, out var failures) || failures.Count < Allowed)
            return null;
        var left = failures.Since + Window - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : null;
    }

    /// <summary>Notes a failure.</summary>
    public void Failed(IPAddress source)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= Sources)
            DropOld(now);
        _failures.AddOrUpdate(source, (now, 1), (_, known) => now - known.Since < Window ? (known.Since, known.Count + 1) : (now, 1));
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
