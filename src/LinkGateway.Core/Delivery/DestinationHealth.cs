using System.Collections.Concurrent;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Which destinations can be reached at present, by what attempts and the long polls for receipts have seen. Kept in memory: after a start
/// every destination is taken to be well. Thread-safe.
/// </summary>
public sealed class DestinationHealth
{
    readonly ConcurrentDictionary<string, Condition> _conditions = new(StringComparer.Ordinal);

    /// <summary>The destination could not be reached, or is in trouble of its own.</summary>
    public void Missed(string destinationId, DateTimeOffset now) =>
        _conditions[destinationId] = new Condition(LastMissed: now, WellSince: null);

    /// <summary>The destination has answered.</summary>
    public void Answered(string destinationId, DateTimeOffset now)
    {
        if (_conditions.TryGetValue(destinationId, out var before) && before.WellSince is null)
            _conditions.TryUpdate(destinationId, before with { WellSince = now }, before);
    }

    /// <summary>
    /// Whether files may go there first: it was never missed, or has been well for <paramref name="returnAfter"/> since. One that nobody
    /// asks meanwhile is taken to be well after that time too, so that it is tried again.
    /// </summary>
    public bool IsWell(string destinationId, TimeSpan returnAfter, DateTimeOffset now) =>
        !_conditions.TryGetValue(destinationId, out var condition) || now - (condition.WellSince ?? condition.LastMissed) >= returnAfter;

    readonly record struct Condition(DateTimeOffset LastMissed, DateTimeOffset? WellSince);
}
