using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Dispatch;

/// <summary>A lane in which something is due, with what decides when it goes.</summary>
/// <param name="head">Lane and due time.</param>
/// <param name="route">Its route; null where there is none (any more).</param>
/// <param name="ways">The ways that its deliveries may go, in the order of the route; where there is none, the one that they go.</param>
/// <param name="priority">Its class.</param>
sealed class DispatchLane(LaneHead head, Route? route, IReadOnlyList<Destination> ways, PriorityClass priority)
{
    Queue<DeliveryRecord>? _due;

    public Lane Lane => head.Lane;

    public Route? Route => route;

    public IReadOnlyList<Destination> Ways => ways;

    public PriorityClass Class => priority;

    /// <summary>Since when the next of it is due.</summary>
    public DateTimeOffset DueAt => _due is { Count: > 0 } ? _due.Peek().NextAttemptAt!.Value : head.DueAt;

    public RouteKey? RouteKey => route is null ? null : new RouteKey(route.Origin, route.Interface.Id, route.Receiver);

    /// <summary>Whether what is due was read.</summary>
    public bool IsRead => _due is not null;

    /// <summary>Whether all that was read has been taken.</summary>
    public bool IsTaken => _due is { Count: 0 };

    /// <summary>Whether there may be more due than what was read.</summary>
    public bool HasMore { get; private set; }

    public void Fill(IReadOnlyList<DeliveryRecord> due, int limit)
    {
        _due = new Queue<DeliveryRecord>(due);
        HasMore = due.Count == limit;
    }

    public DeliveryRecord Take() => _due!.Dequeue();
}
