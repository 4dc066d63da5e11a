using System.Collections.Frozen;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Calendars;

/// <summary>When a configured calendar is open. Immutable and thread-safe.</summary>
public sealed class Calendar
{
    // Whoever is closed for longer never opens.
    const int FurthestDays = 800;

    // Of what is open for longer it is known only that it does not close before.
    const int FurthestClosing = 8;

    static readonly IReadOnlyList<CalendarWindow> AllDay = [new CalendarWindow()];

    readonly IReadOnlyList<CalendarWindow> _windows;
    readonly IReadOnlyList<CalendarWindow> _holidayWindows;
    readonly FrozenSet<DateOnly> _holidays;

    /// <summary>Builds a calendar.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="moreHolidays">The holidays of its file.</param>
    /// <param name="gatewayZone">The gateway's time zone.</param>
    public Calendar(CalendarSettings settings, IEnumerable<DateOnly> moreHolidays, TimeZoneInfo gatewayZone)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Id = settings.Id;
        Zone = settings.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : gatewayZone;
        _windows = settings.Windows.Count > 0 ? settings.Windows : AllDay;
        _holidayWindows = settings.HolidayWindows ?? _windows;
        _holidays = settings.Holidays.Concat(moreHolidays).ToFrozenSet();
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>The zone of its times.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Whether a window begins on that day.</summary>
    public bool HasDay(DateOnly day) => WindowsOf(day).Any();

    /// <summary>When it is open next: <paramref name="at"/> itself while it is open; null when it never opens again.</summary>
    public DateTimeOffset? OpensAt(DateTimeOffset at)
    {
        if (OpeningAt(at) is not null) return at;
        var today = LocalTimes.DayOf(at, Zone);
        for (var ahead = -1; ahead < FurthestDays; ahead++)
        {
            var openings = OpeningsOf(today.AddDays(ahead)).Where(opening => opening.From > at);
            if (openings.Min(opening => (DateTimeOffset?)opening.From) is { } opens) return opens;
        }

        return null;
    }

    /// <summary>
    /// When it closes after being open at <paramref name="at"/> without a break, as far as the next eight days; null while it is closed.
    /// </summary>
    public DateTimeOffset? ClosesAt(DateTimeOffset at)
    {
        if (OpeningAt(at) is not { } opening) return null;
        var closes = opening.To;
        while (closes < at.AddDays(FurthestClosing) && OpeningAt(closes) is { } following) closes = following.To;
        return closes;
    }

    /// <summary>The opening that contains an instant and lasts longest.</summary>
    Opening? OpeningAt(DateTimeOffset at)
    {
        var today = LocalTimes.DayOf(at, Zone);
        Opening? longest = null;
        foreach (var opening in OpeningsOf(today.AddDays(-1)).Concat(OpeningsOf(today)))
            if (opening.Contains(at) && !(longest?.To >= opening.To)) longest = opening;
        return longest;
    }

    IEnumerable<Opening> OpeningsOf(DateOnly day)
    {
        foreach (var window in WindowsOf(day))
        {
            var end = window.To <= window.From ? day.AddDays(1) : day;
            var opening = new Opening(
                LocalTimes.ToInstant(day, window.From, Zone), LocalTimes.ToInstant(end, window.To, Zone));

            // A window that lies in an hour which the clock skips is none.
            if (opening.To > opening.From) yield return opening;
        }
    }

    IEnumerable<CalendarWindow> WindowsOf(DateOnly day) => (_holidays.Contains(day) ? _holidayWindows : _windows)
        .Where(window => window.Days.Count == 0 || window.Days.Contains(day.DayOfWeek));
}
