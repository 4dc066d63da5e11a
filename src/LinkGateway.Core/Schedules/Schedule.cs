using System.Globalization;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Schedules;

/// <summary>The times of a schedule, as instants. Immutable and thread-safe.</summary>
/// <remarks>
/// A time of day that the clocks skip is as much later as they skip; one that comes twice counts the first time. Within a part of the day
/// the steps are of equal length, whatever the clocks do.
/// </remarks>
/// <param name="settings">The schedule, checked.</param>
/// <param name="zone">The time zone that it is in.</param>
public sealed class Schedule(ScheduleSettings settings, TimeZoneInfo zone)
{
    // A schedule that runs on one day of the week, looked at on that day, after its time.
    const int DaysAhead = 8;

    /// <summary>The first time after an instant.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        // A part of the day may have begun the day before.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1);
        for (var ahead = 0; ahead <= DaysAhead + 1; ahead++, day = day.AddDays(1))
        {
            if (settings.Days.Count > 0 && !settings.Days.Contains(day.DayOfWeek)) continue;
            foreach (var at in TimesOf(day))
                if (at > after) return TimeZoneInfo.ConvertTime(at, zone);
        }

        throw new InvalidOperationException($"The schedule has no time after {after:O}.");
    }

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var days = settings.Days.Count == 0 ? "" : string.Join(", ", settings.Days.Select(day => $"{day}".ToLowerInvariant())) + ": ";
        if (settings.Every is not { } every) return days + string.Join(", ", settings.Times);
        var part = IsWholeDay ? "" : $" from {settings.From} until {settings.Until}";
        return $"{days}every {every:c}{part}";
    }

    /// <summary>Whether a text is a time of day as HH:mm.</summary>
    internal static bool TryParse(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    bool IsWholeDay => settings.From == settings.Until;

    IEnumerable<DateTimeOffset> TimesOf(DateOnly day)
    {
        if (settings.Every is not { } every) return settings.Times.Select(time => At(day, Parse(time))).Order();
        var (from, until) = (Parse(settings.From), Parse(settings.Until));
        return Steps(At(day, from), At(until > from ? day : day.AddDays(1), until), every);
    }

    static IEnumerable<DateTimeOffset> Steps(DateTimeOffset from, DateTimeOffset until, TimeSpan every)
    {
        for (var at = from; at < until; at += every) yield return at;
    }

    static TimeOnly Parse(string text) => TryParse(text, out var time) ? time : throw new FormatException(text);

    DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
