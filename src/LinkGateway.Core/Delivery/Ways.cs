using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
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
        var (allowed, now, calendars) = (Allowed(attempt), services.Now, services.Configuration.Current.Calendars);
        var open = allowed.Where(way => calendars.StopsOf(way.Id).At(now) is null).ToList();
        return [.. (open.Count > 0 ? open : allowed).OrderBy(way => services.Health.IsWell(way.Id, route.ReturnAfter, now) ? 0 : 1)];
    }

    /// <summary>The ways of an attempt in the order of the route, whatever their condition; at least one.</summary>
    public IReadOnlyList<Destination> Allowed(DeliveryAttempt attempt)
    {
        if (Find(attempt) is not { } route) return [attempt.Destination];
        IReadOnlyList<IReadOnlyList<Destination>> places =
            [[route.Destination, .. route.Alternates], .. route.AlternateStores.Select(store => new[] { store })];

        // Chunks flow on to gateways as they come; every other place takes a file when it is accepted.
        var isAccepted = attempt.Transfer.State == TransferState.Accepted;
        return [.. Allowed(places, attempt).Where((way, place) => place == 0 || isAccepted || DeliveryPlan.MayPipeline(way))];
    }

    /// <summary>Whether a file that a gateway holds could go by another way that is well.</summary>
    public bool HasAnother(DeliveryAttempt attempt)
    {
        var now = services.Now;
        return Find(attempt) is { } route && ((IReadOnlyList<Destination>)[route.Destination, .. route.Alternates])
            .Any(way => way.Id != attempt.Destination.Id && services.Health.IsWell(way.Id, route.ReturnAfter, now)
                && services.Configuration.Current.Calendars.StopsOf(way.Id).At(now) is null);
    }

    // A destination that the route no longer names keeps what went there: nobody but the operator knows how it relates to the others.
    Route? Find(DeliveryAttempt attempt)
    {
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
