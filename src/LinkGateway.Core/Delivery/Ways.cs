using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>The destinations by which a file may go at present, in the order in which they are tried (DESIGN section 4, item 8).</summary>
/// <remarks>
/// Ways to the same place are always safe: the last gateway knows the file's identity. Another place is so only while it is certain that no
/// former one holds the file; a doubt binds the delivery to the place where it arose.
/// </remarks>
sealed class Ways(CoreServices services)
{
    /// <summary>
    /// The ways of an attempt, at least one: those that are well, in the order of the route, then the others. A way that is stopped as
    /// planned is none, unless all are.
    /// </summary>
    public IReadOnlyList<Destination> Of(DeliveryAttempt attempt)
    {
        if (Find(attempt) is not { } route) return [attempt.Destination];
        IReadOnlyList<IReadOnlyList<Destination>> places =
            [[route.Destination, .. route.Alternates], .. route.AlternateStores.Select(store => new[] { store })];

        // Chunks flow on to gateways as they come; every other place takes a file when it is accepted.
        var isAccepted = attempt.Transfer.State == TransferState.Accepted;
        var allowed = Allowed(places, attempt).Where((way, place) => place == 0 || isAccepted || DeliveryPlan.MayPipeline(way));
        var now = services.Now;
        return [.. Open(allowed, now).OrderBy(way => attempt.Probes.Contains(way.Id) ? -1 : Rank(way, route.ReturnAfter, now))];
    }

    /// <summary>
    /// The ways of a stored message: destination and alternates of its route, those that are left alone last; the one destination alone
    /// where it may not, or cannot, be left.
    /// </summary>
    public IReadOnlyList<Destination> OfMessage(DeliveryAttempt attempt)
    {
        // Another receiver's store could then hold it too (DESIGN section 4, item 8).
        if (attempt.MessageInDoubt || Find(attempt) is not { } route) return [attempt.Destination];
        IReadOnlyList<Destination> ways = [route.Destination, .. route.Alternates];
        if (ways.All(way => way.Id != attempt.Record.DestinationId)) return [attempt.Destination];
        var now = services.Now;
        return [.. Open(ways, now).OrderBy(way => attempt.Probes.Contains(way.Id) || services.Health.Admits(way.Id, now) ? 0 : 1)];
    }

    /// <summary>The route of a lane, and the ways that its deliveries may go as a rule, in the order of the route.</summary>
    public static (Route? Route, IReadOnlyList<Destination> Ways) Of(Lane lane, ConfigurationSnapshot snapshot)
    {
        var route = snapshot.Routes.Resolve(lane.Origin, lane.InterfaceId, lane.Receiver);
        if (route?.Names(lane.DestinationId) == true)
            return (route, [route.Destination, .. route.Alternates, .. route.AlternateStores]);

        // A reply has the route of its message turned round, but for its destination.
        route ??= snapshot.Routes.Resolve(lane.Receiver, lane.InterfaceId, lane.Origin);
        var destination = snapshot.Configuration.Destinations.FirstOrDefault(candidate => candidate.Id == lane.DestinationId);
        return (route, [destination ?? new Nowhere { Id = lane.DestinationId }]);
    }

    /// <summary>The way that a delivery of the lane takes first as a rule.</summary>
    public Destination First(DispatchLane lane, DateTimeOffset now)
    {
        if (!lane.Lane.Begins) return lane.Ways.FirstOrDefault(way => way.Id == lane.Lane.DestinationId) ?? lane.Ways[0];
        return lane.Ways.Count == 1 ? lane.Ways[0] : Open(lane.Ways, now).MinBy(way => Rank(way, lane.Route!.ReturnAfter, now))!;
    }

    /// <summary>Whether what a gateway holds could go by another way that is well.</summary>
    public bool HasAnother(DispatchLane lane, DateTimeOffset now) =>
        lane.Route is { } route && HasAnother(route, lane.Lane.DestinationId, now);

    /// <summary>Whether a file that a gateway holds could go by another way that is well.</summary>
    public bool HasAnother(DeliveryAttempt attempt) =>
        Find(attempt) is { } route && HasAnother(route, attempt.Destination.Id, services.Now);

    bool HasAnother(Route route, string destinationId, DateTimeOffset now) =>
        ((IReadOnlyList<Destination>)[route.Destination, .. route.Alternates]).Any(way => way.Id != destinationId
            && !services.Health.IsOpen(way.Id) && services.Health.IsWell(way.Id, route.ReturnAfter, now) && !IsStopped(way, now));

    /// <summary>
    /// Whether an attempt that has missed its first way may turn to another: it has room for one more, and is not left alone or may be
    /// tried by this attempt. Where it may, it counts there from now on.
    /// </summary>
    public bool MayTurnTo(DeliveryAttempt attempt, Destination way)
    {
        if (services.Health.IsOpen(way.Id) && !services.Health.Admits(way.Id, services.Now)) return false;
        if (!services.Running.TryTurn(attempt.Record.DeliveryId, way.Id, way.MostDeliveries)) return false;
        if (!services.Health.IsOpen(way.Id)) return true;

        // Another attempt may have taken the right just now; then it counts here until it turns to the next way, or ends.
        if (!services.Health.TryProbe(way.Id, services.Now)) return false;
        attempt.Probes.Add(way.Id);
        return true;
    }

    /// <summary>Those that are not stopped as planned; all, when all are.</summary>
    List<Destination> Open(IEnumerable<Destination> ways, DateTimeOffset now)
    {
        var all = ways.ToList();
        return all.Exists(way => IsStopped(way, now)) && all.FindAll(way => !IsStopped(way, now)) is { Count: > 0 } open ? open : all;
    }

    bool IsStopped(Destination way, DateTimeOffset now) => services.Configuration.Current.Calendars.StopsOf(way.Id).At(now) is not null;

    /// <summary>What is well first, also when it is time to try whether it is; what is left alone last.</summary>
    int Rank(Destination way, TimeSpan returnAfter, DateTimeOffset now)
    {
        var isOpen = services.Health.IsOpen(way.Id);
        var isAdmitted = !isOpen || services.Health.Admits(way.Id, now);
        if (isAdmitted && services.Health.IsWell(way.Id, returnAfter, now)) return 0;
        return !isOpen ? 1 : isAdmitted ? 2 : 3;
    }

    // Where an operator has ordered the destination, there is no other. One that the route no longer names keeps what went there: nobody
    // but the operator knows how it relates to the others.
    Route? Find(DeliveryAttempt attempt)
    {
        if (attempt.Record.Pinned) return null;
        var route = TransferRoutes.Of(
            services.Configuration.Current, attempt.Transfer.Manifest, attempt.Record.Receiver, attempt.Destination);
        return route?.Names(attempt.Record.DestinationId) == true ? route : null;
    }

    static IEnumerable<Destination> Allowed(IReadOnlyList<IReadOnlyList<Destination>> places, DeliveryAttempt attempt)
    {
        if (attempt.Doubts.Count == 0) return places.SelectMany(place => place);
        var doubtful = places.Where(place => place.Any(way => attempt.Doubts.Contains(way.Id))).ToList();
        var known = doubtful.Sum(place => place.Count(way => attempt.Doubts.Contains(way.Id))) == attempt.Doubts.Count;
        return doubtful.Count == 1 && known ? doubtful[0] : [attempt.Destination];
    }
}
