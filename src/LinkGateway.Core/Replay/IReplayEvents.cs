using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Replay;

/// <summary>What the replay of deliveries tells the outside, for the log. Calls must return at once and not throw.</summary>
public interface IReplayEvents
{
    /// <summary>A delivery had its turn.</summary>
    void Turned(ReplayOrderRecord order, ReplayItemRecord item);

    /// <summary>Every delivery of the order has had its turn.</summary>
    void Ended(ReplayOrderRecord order);

    /// <summary>Storage is in trouble; it is tried again.</summary>
    void Troubled(Exception exception);
}
