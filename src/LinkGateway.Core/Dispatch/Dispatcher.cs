using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Dispatch;

/// <summary>
/// Decides which due delivery begins next when a worker is free: classes share by their weights, within a class the origins share alike,
/// within an origin the oldest goes first. What may not begin now (a cap, a destination that is left alone or drains) holds up nothing
/// else.
/// </summary>
/// <remarks>Used by one engine, by one caller at a time; only the counts of what runs are touched from elsewhere.</remarks>
sealed class Dispatcher(CoreServices services, Ways ways)
{
    // What a delivery costs beside its bytes: connection, commits, receipts. A file of 4 KiB keeps a worker about as long as 1 MiB does.
    const double BaseCost = 1 << 20;

    // A larger one counts no more: after a file of a terabyte its class would begin nothing for hours while smaller ones come.
    const double MostBytes = 1 << 30;

    // A timer wakes later than asked: what was missed by that is made good.
    static readonly TimeSpan DrainCredit = TimeSpan.FromMilliseconds(100);

    // When the next delivery may begin to a destination that drains.
    readonly Dictionary<string, DateTimeOffset> _drainsAt = new(StringComparer.Ordinal);
    FairShares _classes = new();
    Dictionary<string, FairShares> _origins = [];
    PriorityTable? _table;

    /// <summary>What runs.</summary>
    public RunningDeliveries Running => services.Running;

    /// <summary>Workers that are free: for any class, and for urgent ones.</summary>
    public (int Ordinary, int Urgent) Free()
    {
        var limits = services.Configuration.Current.Configuration.Limits;
        var all = limits.DeliveryWorkers + limits.UrgentWorkers - Running.Total;
        return (Math.Min(all, limits.DeliveryWorkers - Running.Ordinary), all);
    }

    /// <summary>Reads in which lanes something is due.</summary>
    public async ValueTask<DispatchRound> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var snapshot = services.Configuration.Current;
        var table = snapshot.Priorities.In(services.Standing.Mode);
        if (table != _table) Forget(table);
        var heads = await services.Journal.DueLanesAsync(now, cancellationToken);
        List<DispatchLane> lanes = [];
        foreach (var head in heads)
        {
            var (route, destinations) = Ways.Of(head.Lane, snapshot);
            lanes.Add(new DispatchLane(head, route, destinations, table.Of(route?.Class)));
        }

        EndDrains(lanes, now);
        Prune();
        return new DispatchRound(this, services.Journal, lanes, now);
    }

    /// <summary>Where the lane's share stands in its class, and its class among the others: the smallest goes next.</summary>
    public (double Class, double Origin) StartOf(DispatchLane lane) =>
        (_classes.StartOf(lane.Class.Name), OriginsOf(lane.Class.Name).StartOf(lane.Lane.Origin));

    /// <summary>
    /// Whether a delivery of the lane may begin now. The place for everything that holds back whole lanes: it is asked for each lane at
    /// each look, so it must be cheap, and costs nothing of the journal however much waits.
    /// </summary>
    /// <returns>Null where it may.</returns>
    public Rest? RestOf(DispatchLane lane, DateTimeOffset now)
    {
        // What has begun is brought to its end; nothing new is given to whom operators have suspended.
        if (lane.Lane.Begins && services.Standing.IsSuspended(lane.Lane.Receiver)) return new Rest(null);
        if (lane.Class.Concurrency <= Running.OfClass(lane.Class.Name)) return new Rest(null);
        if (lane.RouteKey is { } key && lane.Route!.Concurrency <= Running.OfRoute(key)) return new Rest(null);
        var way = ways.First(lane, now);

        // What a gateway that is gone was asked about goes by another way without asking it.
        var isAdmitted = services.Health.Admits(way.Id, now) || (!lane.Lane.Begins && ways.HasAnother(lane, now));
        return isAdmitted ? RestOf(way, now) : new Rest(services.Health.NextProbe(way.Id));
    }

    /// <summary>The destination that a delivery of the lane would try because it is left alone; null where it is not.</summary>
    public string? ProbeOf(DispatchLane lane, DateTimeOffset now)
    {
        var way = ways.First(lane, now);
        return services.Health.IsOpen(way.Id) ? way.Id : null;
    }

    /// <summary>Whether the destination has room for one more.</summary>
    /// <returns>Null where it has.</returns>
    public Rest? RestOf(Destination way, DateTimeOffset now)
    {
        if (way.MostDeliveries <= Running.To(way.Id)) return new Rest(null);
        return _drainsAt.TryGetValue(way.Id, out var next) && next > now && !IsOfAnotherClock(next, now) ? new Rest(next) : null;
    }

    /// <summary>Enters that a delivery begins.</summary>
    public void Begin(DispatchLane lane, DeliveryRecord delivery, Destination way, long? bytes, DateTimeOffset now)
    {
        var cost = BaseCost + Math.Min(lane.Lane.Begins ? bytes ?? 0 : 0, MostBytes);
        _classes.Serve(lane.Class.Name, cost, lane.Class.Weight);
        OriginsOf(lane.Class.Name).Serve(lane.Lane.Origin, cost, 1);
        Running.Enter(delivery.DeliveryId, new RunningDelivery(lane.Class.Name, lane.Class.Urgent, lane.RouteKey, way.Id));
        if (!_drainsAt.TryGetValue(way.Id, out var next)) return;

        var from = next < now - DrainCredit || IsOfAnotherClock(next, now) ? now - DrainCredit : next;
        _drainsAt[way.Id] = from + (TimeSpan.FromSeconds(1) / way.Drain);
    }

    // The least drain is one delivery a second: what lies further off was planned by a clock that has been set back since.
    static bool IsOfAnotherClock(DateTimeOffset next, DateTimeOffset now) => next - now > TimeSpan.FromSeconds(1);

    FairShares OriginsOf(string name)
    {
        if (!_origins.TryGetValue(name, out var shares)) _origins.Add(name, shares = new FairShares());
        return shares;
    }

    // With other weights, what was served before says nothing: the new order is in force at once.
    void Forget(PriorityTable table) => (_table, _classes, _origins) = (table, new FairShares(), []);

    void EndDrains(List<DispatchLane> lanes, DateTimeOffset now)
    {
        var draining = services.Health.Draining();
        foreach (var id in _drainsAt.Keys.Except(draining.Select(item => item.DestinationId)).ToList()) _drainsAt.Remove(id);
        foreach (var (id, since) in draining)
        {
            // What is kept from a suspended receiver is no backlog that drains, however long it waits.
            var waits = since <= now && lanes.Any(lane => lane.DueAt <= since
                && !(lane.Lane.Begins && services.Standing.IsSuspended(lane.Lane.Receiver)) && ways.First(lane, now).Id == id);
            if (waits) _drainsAt.TryAdd(id, now);
            else services.Health.Drained(id);
        }
    }

    void Prune()
    {
        _classes.Prune();
        foreach (var shares in _origins.Values) shares.Prune();
    }
}
