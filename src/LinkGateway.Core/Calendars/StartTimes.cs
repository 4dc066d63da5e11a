using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Calendars;

/// <summary>
/// When deliveries may begin, by the windows of routes and the planned stops of destinations, and when they are broken off.
/// </summary>
static class StartTimes
{
    // A window and a stop that never leave a gap between them: looked at again after the last round.
    const int MaxRounds = 100;

    // Where a calendar never opens (again): its configuration may change.
    static readonly TimeSpan Unknown = TimeSpan.FromDays(1);

    /// <summary>The codes of what is put off: nothing is wrong with it.</summary>
    public static IReadOnlySet<string> Reasons { get; } =
        new HashSet<string>(StringComparer.Ordinal) { ErrorCatalogue.WindowClosed.Code, ErrorCatalogue.PlannedStop.Code };

    /// <summary>Until when a delivery must wait; null when it may begin now.</summary>
    /// <param name="route">Its route; null where there is none (any more).</param>
    /// <param name="ways">The destinations by which it may go: one that is not stopped is enough.</param>
    /// <param name="calendars">The stops.</param>
    /// <param name="now">Now, in the gateway's time zone.</param>
    public static PutOff? EarliestStart(
        Route? route, IReadOnlyList<Destination> ways, CalendarTable calendars, DateTimeOffset now)
    {
        var at = now;
        string? closed = null;
        string? stopped = null;
        for (var round = 0; round < MaxRounds; round++)
        {
            if (route?.Hours is { Calendar: var calendar } && calendar.OpensAt(at) is var opens && opens != at)
            {
                at = (opens ?? at + Unknown).ToOffset(now.Offset);
                closed ??= Text(ErrorCatalogue.WindowClosed, calendar.Id, at);
            }
            else if (AllStopped(ways, calendars, at) is { } stop)
            {
                at = stop.To.ToOffset(now.Offset);
                stopped ??= Text(ErrorCatalogue.PlannedStop, ways[0].Id, at, stop.Text.Length > 0 ? stop.Text : "maintenance");
            }
            else
            {
                break;
            }
        }

        if (at == now) return null;
        var code = stopped is null ? ErrorCatalogue.WindowClosed.Code : ErrorCatalogue.PlannedStop.Code;
        return new PutOff(at, code, $"{stopped} {closed}".Trim());
    }

    /// <summary>When an attempt by this way is broken off, as far as is known now; null where nothing ends it.</summary>
    public static DateTimeOffset? EndsAt(Route? route, Destination way, CalendarTable calendars, DateTimeOffset now)
    {
        var closes = route?.Hours is { StopAtEnd: true, Calendar: var calendar } ? calendar.ClosesAt(now) ?? now : (DateTimeOffset?)null;
        var stops = calendars.StopsOf(way.Id);
        if (stops.IsEmpty) return closes;
        var begins = stops.At(now) is null ? stops.NextAfter(now)?.From : now;
        return closes < begins || begins is null ? closes : begins;
    }

    /// <summary>The stop that ends first, when all ways are stopped.</summary>
    static Stop? AllStopped(IReadOnlyList<Destination> ways, CalendarTable calendars, DateTimeOffset at)
    {
        Stop? first = null;
        foreach (var way in ways)
        {
            if (calendars.StopsOf(way.Id).At(at) is not { } stop) return null;
            if (!(first?.To <= stop.To)) first = stop;
        }

        return first;
    }

    static string Text(ErrorEntry entry, string what, DateTimeOffset until, string why = "") =>
        entry.Text([what, $"{until:yyyy-MM-dd'T'HH:mm:sszzz}", why], japanese: false);
}
