using LinkGateway.Contract.Operator;
using LinkGateway.Core.Calendars;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Deadlines;

/// <summary>Forecasts when what waits will be delivered, from what waits at each destination and how fast files go there.</summary>
/// <remarks>
/// All that waits for a destination in its class counts as being ahead, but for what may begin only after it; other classes take their
/// share meanwhile. What comes later, and a rate that changes, nobody knows: docs/operations.md states by how much a forecast is wrong.
/// </remarks>
public sealed class Forecasts(CoreServices services)
{
    // Longer forecasts say nothing.
    static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    // Planned stops are announced a month before; some are planned a year ahead.
    static readonly TimeSpan Announced = TimeSpan.FromDays(366);

    const int MaxRounds = 1000;

    /// <summary>The forecast as of now.</summary>
    public async ValueTask<ForecastReport> ReadAsync(CancellationToken cancellationToken)
    {
        var open = await services.Journal.OpenDeliveriesAsync(cancellationToken);
        var (snapshot, now) = (services.Configuration.Current, services.Now);
        var groups = open.Select(group => new Group(group, snapshot, now)).ToList();
        return new ForecastReport
        {
            Now = now,
            Routes =
            [
                .. groups.GroupBy(group => (group.Open.DestinationId, group.Open.Origin, group.Open.InterfaceId, group.Open.Receiver))
                    .Select(route => Of([.. route], groups, snapshot, now))
                    .OrderByDescending(route => route.Verdict).ThenBy(route => route.Deadline ?? DateTimeOffset.MaxValue)
                    .ThenBy(route => route.Destination, StringComparer.Ordinal).ThenBy(route => route.Oldest),
            ],
            Stops = [.. Stops(snapshot, now).OrderBy(stop => stop.From)],
        };
    }

    /// <summary>When work of so many seconds is done at a destination.</summary>
    /// <param name="seconds">Seconds, while it may be done.</param>
    /// <param name="route">The route, whose window it waits for.</param>
    /// <param name="destination">The destination, whose stops it waits for.</param>
    /// <param name="calendars">The stops.</param>
    /// <param name="now">Now, in the gateway's time zone.</param>
    /// <returns>Null when that is further off than anything can be said.</returns>
    internal static DateTimeOffset? FinishAt(
        double seconds, Route? route, Destination destination, CalendarTable calendars, DateTimeOffset now)
    {
        var at = now;
        for (var round = 0; round < MaxRounds && seconds < Furthest.TotalSeconds; round++)
        {
            at = StartTimes.EarliestStart(route, [destination], calendars, at)?.Until ?? at;
            var done = at.AddSeconds(seconds);
            var closes = route?.Hours?.Calendar.ClosesAt(at);
            var stops = calendars.StopsOf(destination.Id).NextAfter(at)?.From;
            var ends = closes < stops || stops is null ? closes : stops;
            if (ends is null || done <= ends) return done;
            seconds -= (ends.Value - at).TotalSeconds;
            at = ends.Value.ToOffset(now.Offset);
        }

        return null;
    }

    RouteForecast Of(IReadOnlyList<Group> route, IReadOnlyList<Group> all, ConfigurationSnapshot snapshot, DateTimeOffset now)
    {
        var any = route[0];
        var ours = route.FirstOrDefault(group => group.Open.Ours);
        var rate = ours is null ? null : services.Flow.RateOf(ours.Open.DestinationId, now);
        var finishes = rate is { } known ? FinishOf(ours!, known, all, snapshot, now) : null;
        var oldest = route.Min(group => group.Open.Oldest);
        var deadline = any.Route?.Deadline?.For(oldest);
        return new RouteForecast
        {
            Origin = any.Open.Origin,
            InterfaceId = any.Open.InterfaceId,
            Receiver = any.Open.Receiver,
            Destination = any.Open.DestinationId,
            Files = ours?.Open.Files ?? 0,
            Bytes = ours?.Open.Bytes ?? 0,
            Elsewhere = route.Where(group => !group.Open.Ours).Sum(group => group.Open.Files),
            Oldest = oldest,
            StartsAt = ours is { StartsAt: var starts } && starts > now ? starts : null,
            FinishesAt = finishes,
            Deadline = deadline,
            Verdict = deadline is null ? DeadlineVerdict.None
                : deadline < now ? DeadlineVerdict.Missed
                : rate is null ? DeadlineVerdict.Unknown
                : finishes <= any.Route!.Deadline!.For(ours!.Open.Newest) ? DeadlineVerdict.OnTime
                : DeadlineVerdict.AtRisk,
        };
    }

    DateTimeOffset? FinishOf(Group ours, FlowRate rate, IReadOnlyList<Group> all, ConfigurationSnapshot snapshot, DateTimeOffset now)
    {
        var destinationId = ours.Open.DestinationId;
        var ahead = all.Where(
            group => group.Open.Ours && group.Open.DestinationId == destinationId && group.StartsAt <= ours.StartsAt).ToList();
        var table = snapshot.Priorities.In(services.Standing.Mode);
        var classes = ahead.GroupBy(group => table.Of(group.Route?.Class)).ToDictionary(
            group => group.Key,
            group => group.Sum(item => (item.Open.Files * rate.SecondsPerFile) + (item.Open.Bytes * rate.SecondsPerByte)));

        // What of those under way is there already is taken off their own class, for it is not known which.
        var own = table.Of(ours.Route?.Class);
        classes[own] = Math.Max(0, classes[own] - (services.Flow.BytesThere(destinationId) * rate.SecondsPerByte));
        var seconds = rate.SecondsStalled + Shared(own, classes);
        return FinishAt(seconds, ours.Route, ours.Destination, snapshot.Calendars, now);
    }

    /// <summary>How long the work of a class takes while others share by their weights until their own is done.</summary>
    internal static double Shared(PriorityClass own, IReadOnlyDictionary<PriorityClass, double> work)
    {
        // In a time in which its own work is done, another class of the same weight has done as much, or all that it had.
        var perWeight = work[own] / own.Weight;
        return work.Sum(item => Math.Min(item.Value, perWeight * item.Key.Weight));
    }

    static IEnumerable<StopEntry> Stops(ConfigurationSnapshot snapshot, DateTimeOffset now) =>
        from destination in snapshot.Configuration.Destinations
        from stop in snapshot.Calendars.StopsOf(destination.Id).From(now)
        where stop.From < now + Announced
        select new StopEntry
        {
            Destination = destination.Id,
            From = stop.From.ToOffset(now.Offset),
            To = stop.To.ToOffset(now.Offset),
            Text = stop.Text,
        };

    /// <summary>Open deliveries with what the configuration says of them.</summary>
    sealed class Group
    {
        public Group(OpenDeliveries open, ConfigurationSnapshot snapshot, DateTimeOffset now)
        {
            Open = open;
            Route = snapshot.Routes.Resolve(open.Origin, open.InterfaceId, open.Receiver);
            Destination = snapshot.Configuration.Destinations.FirstOrDefault(item => item.Id == open.DestinationId)
                ?? new Delivery.Nowhere { Id = open.DestinationId };
            StartsAt = StartTimes.EarliestStart(Route, [Destination], snapshot.Calendars, now)?.Until ?? now;
        }

        public OpenDeliveries Open { get; }

        public Route? Route { get; }

        public Destination Destination { get; }

        public DateTimeOffset StartsAt { get; }
    }
}
