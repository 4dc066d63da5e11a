using System.Collections.Concurrent;

namespace LinkGateway.Core.Intake;

/// <summary>Counts the requests of participants that are held to a rate: so many a second, with a burst of as many. Thread-safe.</summary>
sealed class RequestRates
{
    readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one request; when the rate is used up, how long until the next may come.</summary>
    public TimeSpan? Take(string participant, int rate, DateTimeOffset now)
    {
        var bucket = _buckets.GetOrAdd(participant, static (_, start) => new Bucket(start.Rate, start.Now), (Rate: rate, Now: now));
        lock (bucket)
        {
            // A clock that was set back gives nothing.
            var passed = now > bucket.At ? (now - bucket.At).TotalSeconds : 0;
            bucket.Level = Math.Min(rate, bucket.Level + (passed * rate));
            bucket.At = now;
            if (bucket.Level < 1) return TimeSpan.FromSeconds((1 - bucket.Level) / rate);
            bucket.Level--;
            return null;
        }
    }

    sealed class Bucket(double level, DateTimeOffset at)
    {
        public double Level { get; set; } = level;

        public DateTimeOffset At { get; set; } = at;
    }
}
