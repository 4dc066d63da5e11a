using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Calendars;

/// <summary>The planned stops of one destination. Immutable and thread-safe.</summary>
public sealed class StopPlan
{
    readonly List<Stop> _once = [];
    readonly List<(Calendar Calendar, string Text)> _again = [];

    /// <summary>Builds the plan.</summary>
    /// <param name="stops">As configured.</param>
    /// <param name="calendars">The calendars by id.</param>
    /// <param name="zone">The gateway's time zone.</param>
    public StopPlan(IEnumerable<PlannedStop> stops, IReadOnlyDictionary<string, Calendar> calendars, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(stops);
        ArgumentNullException.ThrowIfNull(calendars);
        foreach (var stop in stops)
        {
            if (stop.Calendar is { } id) _again.Add((calendars[id], stop.Text));
            else _once.Add(new Stop(stop.From!.In(zone), stop.To!.In(zone), stop.Text));
        }
    }

    /// <summary>No stops.</summary>
    public static StopPlan None { get; } = new([], new Dictionary<string, Calendar>(), TimeZoneInfo.Utc);

    /// <summary>Whether there is none at all.</summary>
    public bool IsEmpty => _once.Count == 0 && _again.Count == 0;

    /// <summary>The stops that hold at an instant or come; of those that come again and again the first.</summary>
    public IEnumerable<Stop> From(DateTimeOffset at)
    {
        foreach (var stop in _once.Where(stop => stop.To > at)) yield return stop;
        foreach (var (calendar, text) in _again)
            if (calendar.OpensAt(at) is { } opens) yield return new Stop(opens, calendar.ClosesAt(opens) ?? opens, text);
    }

    /// <summary>The stop that holds at an instant; of several the one that lasts longest.</summary>
    public Stop? At(DateTimeOffset at)
    {
        Stop? longest = null;
        foreach (var stop in _once)
            if (stop.From <= at && at < stop.To && !(longest?.To >= stop.To)) longest = stop;
        foreach (var (calendar, text) in _again)
            if (calendar.ClosesAt(at) is { } closes && !(longest?.To >= closes)) longest = new Stop(at, closes, text);
        return longest;
    }

    /// <summary>The first stop that begins after an instant; null where none is planned.</summary>
    public Stop? NextAfter(DateTimeOffset at)
    {
        Stop? first = null;
        foreach (var stop in _once)
            if (stop.From > at && !(first?.From <= stop.From)) first = stop;
        foreach (var (calendar, text) in _again)
            if (calendar.OpensAt(calendar.ClosesAt(at) ?? at) is { } opens && opens > at && !(first?.From <= opens))
                first = new Stop(opens, calendar.ClosesAt(opens) ?? opens, text);
        return first;
    }
}
