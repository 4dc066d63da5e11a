using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Which destinations can be reached at present, by what attempts and the long polls for receipts have seen; and which are left alone
/// (their breaker is open) but for one delivery at a time that tries them. Kept in memory: after a start every destination is taken to be
/// well. Thread-safe.
/// </summary>
public sealed class DestinationHealth
{
    // Short ones are bridged by the pauses between attempts.
    static readonly TimeSpan Outage = TimeSpan.FromMinutes(1);

    static readonly OutageSettings Default = new();

    readonly Lock _gate = new();
    readonly Dictionary<string, Condition> _conditions = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<string> _recovered = new();

    /// <summary>The destination could not be reached, or is in trouble of its own.</summary>
    /// <param name="destinationId">The destination.</param>
    /// <param name="now">Now.</param>
    /// <param name="settings">When it is left alone; null for the defaults.</param>
    /// <param name="reason">What was met there.</param>
    /// <returns>Whether it is left alone from now on, or further on.</returns>
    public bool Missed(string destinationId, DateTimeOffset now, OutageSettings? settings = null, string reason = "")
    {
        settings ??= Default;
        lock (_gate)
        {
            var condition = _conditions.GetValueOrDefault(destinationId);
            if (condition is null) _conditions.Add(destinationId, condition = new Condition { MissedSince = now });
            if (condition.WellSince is not null) condition.MissedSince = now;
            (condition.LastMissed, condition.WellSince, condition.Reason) = (now, null, reason);
            condition.Misses = Math.Min(condition.Misses + 1, settings.Misses);
            if (condition.Open is { } open) open.Probed(now, settings);
            else if (condition.Misses >= settings.Misses) condition.Open = new Breaker(now, settings.FirstPause);
            if (condition.Open is not null) condition.DrainsSince = null;
            return condition.Open is not null;
        }
    }

    /// <summary>The destination has answered a delivery.</summary>
    /// <returns>Whether that ends an outage: what waits for it need wait no longer (see <see cref="TryTakeRecovered"/>).</returns>
    public bool Answered(string destinationId, DateTimeOffset now, OutageSettings? settings = null)
    {
        settings ??= Default;
        lock (_gate)
        {
            if (!_conditions.TryGetValue(destinationId, out var condition)) return false;
            if (condition.Open is not null)
            {
                // One more miss and it is left alone again: it has to earn its trust anew.
                (condition.Open, condition.DrainsSince) = (null, now);
                condition.Misses = Math.Max(settings.Misses - 1, 0);
            }

            condition.Misses = Math.Max(condition.Misses - settings.Credit, 0);
            return Recovers(destinationId, condition, now);
        }
    }

    /// <summary>
    /// The destination has answered something else than a delivery. That says that it can be reached, not that it takes files: while it is
    /// left alone, it is tried at once.
    /// </summary>
    /// <returns>Whether that ends an outage.</returns>
    public bool Reached(string destinationId, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_conditions.TryGetValue(destinationId, out var condition)) return false;
            condition.Open?.BringForward(now);
            return Recovers(destinationId, condition, now) || condition.Open is not null;
        }
    }

    /// <summary>Takes a destination that has come back from an outage; each outage is told once.</summary>
    internal bool TryTakeRecovered([NotNullWhen(true)] out string? destinationId) => _recovered.TryDequeue(out destinationId);

    /// <summary>
    /// Whether files may go there first: it was never missed, or has been well for <paramref name="returnAfter"/> since. One that nobody
    /// asks meanwhile is taken to be well after that time too, so that it is tried again.
    /// </summary>
    public bool IsWell(string destinationId, TimeSpan returnAfter, DateTimeOffset now)
    {
        lock (_gate)
        {
            return !_conditions.TryGetValue(destinationId, out var condition)
                || now - (condition.WellSince ?? condition.LastMissed) >= returnAfter;
        }
    }

    /// <summary>Whether it is left alone.</summary>
    public bool IsOpen(string destinationId)
    {
        lock (_gate) return _conditions.GetValueOrDefault(destinationId)?.Open is not null;
    }

    /// <summary>Whether a delivery may go there: it is not left alone, or it is time that one tries it.</summary>
    public bool Admits(string destinationId, DateTimeOffset now)
    {
        lock (_gate) return _conditions.GetValueOrDefault(destinationId)?.Open is not { } open || open.IsDue(now);
    }

    /// <summary>When a delivery may try it; null when it is not left alone, or one does just now.</summary>
    public DateTimeOffset? NextProbe(string destinationId)
    {
        lock (_gate) return _conditions.GetValueOrDefault(destinationId)?.Open?.NextProbe;
    }

    /// <summary>Takes the right to try it; nobody else has it until the attempt has answered, missed or ended.</summary>
    internal bool TryProbe(string destinationId, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_conditions.GetValueOrDefault(destinationId)?.Open is not { } open || !open.IsDue(now)) return false;
            open.NextProbe = null;
            return true;
        }
    }

    /// <summary>The attempt that tried it has ended, perhaps without having reached it or missed it.</summary>
    internal void ProbeEnded(string destinationId, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_conditions.GetValueOrDefault(destinationId)?.Open is { NextProbe: null } open) open.NextProbe = now + open.Pause;
        }
    }

    /// <summary>Destinations that are back, and to which what waited is let go little by little; with the time when they came.</summary>
    internal IReadOnlyList<(string DestinationId, DateTimeOffset Since)> Draining()
    {
        lock (_gate)
        {
            return [.. _conditions.Where(pair => pair.Value.DrainsSince is not null)
                .Select(pair => (pair.Key, pair.Value.DrainsSince!.Value))];
        }
    }

    /// <summary>What waited for it is gone.</summary>
    internal void Drained(string destinationId)
    {
        lock (_gate)
        {
            if (_conditions.TryGetValue(destinationId, out var condition)) condition.DrainsSince = null;
        }
    }

    /// <summary>Forgets destinations that are not configured any more.</summary>
    /// <returns>Those of them that were left alone.</returns>
    internal IReadOnlyList<string> Keep(IReadOnlySet<string> configured)
    {
        lock (_gate)
        {
            var gone = _conditions.Where(pair => !configured.Contains(pair.Key)).ToList();
            foreach (var (id, _) in gone) _conditions.Remove(id);
            return [.. gone.Where(pair => pair.Value.Open is not null).Select(pair => pair.Key)];
        }
    }

    /// <summary>The destinations that are left alone, or drain, by id.</summary>
    public IReadOnlyList<DestinationOutage> Outages()
    {
        lock (_gate)
        {
            return [.. _conditions
                .Where(pair => pair.Value.Open is not null || pair.Value.DrainsSince is not null)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new DestinationOutage(
                    pair.Key, pair.Value.Open?.Since ?? pair.Value.DrainsSince!.Value, pair.Value.Open?.NextProbe,
                    pair.Value.Open is null, pair.Value.Reason))];
        }
    }

    bool Recovers(string destinationId, Condition condition, DateTimeOffset now)
    {
        if (condition.WellSince is not null) return false;
        condition.WellSince = now;
        if (now - condition.MissedSince < Outage) return false;
        _recovered.Enqueue(destinationId);
        return true;
    }

    sealed class Condition
    {
        public DateTimeOffset MissedSince { get; set; }

        public DateTimeOffset LastMissed { get; set; }

        public DateTimeOffset? WellSince { get; set; }

        /// <summary>Misses that no answers have made good.</summary>
        public double Misses { get; set; }

        public string Reason { get; set; } = "";

        public Breaker? Open { get; set; }

        public DateTimeOffset? DrainsSince { get; set; }
    }

    sealed class Breaker(DateTimeOffset since, TimeSpan pause)
    {
        bool _wasReached;

        public DateTimeOffset Since { get; } = since;

        public TimeSpan Pause { get; private set; } = pause;

        /// <summary>Null while a delivery tries the destination.</summary>
        public DateTimeOffset? NextProbe { get; set; } = since + pause;

        // One that lies further off than the pause was planned by a clock that has been set back since.
        public bool IsDue(DateTimeOffset now) => NextProbe is { } next && (next <= now || next - now > Pause);

        /// <summary>Once: whoever answers everything but deliveries is tried no more often than one who is silent.</summary>
        public void BringForward(DateTimeOffset now)
        {
            if (_wasReached) return;
            _wasReached = true;
            if (NextProbe > now) NextProbe = now;
        }

        /// <summary>A delivery has missed it. What was under way when it was found missing says nothing new.</summary>
        public void Probed(DateTimeOffset now, OutageSettings settings)
        {
            if (NextProbe is not null) return;
            var doubled = Pause * 2;
            Pause = doubled > settings.LongestPause ? settings.LongestPause : doubled;
            NextProbe = now + Pause;
        }
    }
}
