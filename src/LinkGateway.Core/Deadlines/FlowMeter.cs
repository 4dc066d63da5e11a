using System.Collections.Concurrent;

namespace LinkGateway.Core.Deadlines;

/// <summary>
/// Measures how fast files go to each destination. Kept in memory: after a start nothing is known until the first files have gone.
/// Thread-safe.
/// </summary>
public sealed class FlowMeter
{
    readonly ConcurrentDictionary<string, Flow> _flows = new(StringComparer.Ordinal);

    /// <summary>A file sets out to a destination.</summary>
    /// <param name="destinationId">The destination.</param>
    /// <param name="bytes">Its size, as far as is known.</param>
    /// <param name="now">Now.</param>
    public Flight Begin(string destinationId, long bytes, DateTimeOffset now) => FlowOf(destinationId).Begin(bytes, now);

    /// <summary>Files have waited for the destination since <paramref name="since"/>, whether or not one was under way.</summary>
    public void Waited(string destinationId, DateTimeOffset since, DateTimeOffset now) => FlowOf(destinationId).Waited(since, now);

    /// <summary>How fast files go there; null where nothing is known yet.</summary>
    public FlowRate? RateOf(string destinationId, DateTimeOffset now) => FlowOf(destinationId).Rate(now);

    /// <summary>How many bytes of the files that are under way are there already.</summary>
    public long BytesThere(string destinationId) => FlowOf(destinationId).BytesThere();

    Flow FlowOf(string destinationId) => _flows.GetOrAdd(destinationId, static _ => new Flow());
}
