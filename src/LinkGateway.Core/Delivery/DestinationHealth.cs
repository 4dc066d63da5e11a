using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Which destinations can be reached at present, by what attempts and the long polls for receipts have seen. Kept in memory: after a start
/// every destination is taken to be well. Thread-safe.
/// </summary>
public sealed class DestinationHealth
{
    // Short ones are bridged by the pauses between attempts.
    static readonly TimeSpan Outage = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Condition> _conditions = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<string> _recovered = new();

    /// <summary>The destination could not be reached, or is in trouble of its own.</summary>
    public void Missed(string destinationId, DateTimeOffset now) => _conditions.AddOrUpdate(
        destinationId,
        static (_, now) => new Condition(MissedSince: now, LastMissed: now, WellSince: null),
        static (_, before, now) => new Condition(before.WellSince is null ? before.MissedSince : now, LastMissed: now, WellSince: null),
        now);

    /// <summary>The destination has answered.</summary>
    /// <returns>Whether that ends an outage: what waits for it need wait no longer (see <see cref="TryTakeRecovered"/>).</returns>
    public bool Answered(string destinationId, DateTimeOffset now)
    {
        if (!_conditions.TryGetValue(destinationId, out var before) || before.WellSince is not null) return false;
        if (!_conditions.TryUpdate(destinationId, before with { WellSince = now }, before) || now - before.MissedSince < Outage)
            return false;
        _recovered.Enqueue(destinationId);
        return true;
    }

    /// <summary>
    /// It could not be reached before the gateway started. It is not passed over for that, but its first answer ends the outage.
    /// </summary>
    internal void Suspect(string destinationId, DateTimeOffset since) => _conditions.TryAdd(
        destinationId, new Condition(MissedSince: since, LastMissed: DateTimeOffset.MinValue, WellSince: null));

    /// <summary>The destinations that have not answered since an instant or longer, since when, and when they were asked last.</summary>
    internal IEnumerable<(string DestinationId, DateTimeOffset Since, DateTimeOffset Asked)> DownSince(DateTimeOffset instant) =>
        _conditions
            .Where(known => known.Value.WellSince is null && known.Value.MissedSince <= instant)
            .Select(known => (known.Key, known.Value.MissedSince, known.Value.LastMissed));

    /// <summary>Takes a destination that has come back from an outage; each outage is told once.</summary>
    internal bool TryTakeRecovered([NotNullWhen(true)] out string? destinationId) => _recovered.TryDequeue(out destinationId);

    /// <summary>
    /// Whether files may go there first: it was never missed, or has been well for <paramref name="returnAfter"/> since. One that nobody
    /// asks meanwhile is taken to be well after that time too, so that it is tried again.
    /// </summary>
    public bool IsWell(string destinationId, TimeSpan returnAfter, DateTimeOffset now) =>
        !_conditions.TryGetValue(destinationId, out var condition) || now - (condition.WellSince ?? condition.LastMissed) >= returnAfter;

    readonly record struct Condition(DateTimeOffset MissedSince, DateTimeOffset LastMissed, DateTimeOffset? WellSince);
}
