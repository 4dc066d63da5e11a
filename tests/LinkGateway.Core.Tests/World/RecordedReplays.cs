using System.Collections.Concurrent;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Replay;

namespace LinkGateway.Core.Tests.World;

/// <summary>Remembers what replays told.</summary>
sealed class RecordedReplays : IReplayEvents
{
    /// <summary>Deliveries that had their turn, in order, with when.</summary>
    public ConcurrentQueue<ReplayItemRecord> Turns { get; } = [];

    public ConcurrentQueue<ReplayOrderRecord> Done { get; } = [];

    public ConcurrentQueue<Exception> Troubles { get; } = [];

    public void Turned(ReplayOrderRecord order, ReplayItemRecord item) => Turns.Enqueue(item);

    public void Ended(ReplayOrderRecord order) => Done.Enqueue(order);

    public void Troubled(Exception exception) => Troubles.Enqueue(exception);
}
