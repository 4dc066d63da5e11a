using LinkGateway.Core.Calendars;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Deadlines;

/// <summary>By when the files of a route must be delivered. Immutable and thread-safe.</summary>
/// <param name="settings">As configured.</param>
/// <param name="calendar">The calendar of its days; null: every day.</param>
/// <param name="zone">The zone of its time.</param>
public sealed class Deadline(RouteDeadline settings, Calendar? calendar, TimeZoneInfo zone)
{
    // No calendar leaves out more days.
    const int FurthestDays = 800;

    /// <summary>When a file that was accepted at an instant is due; null when the calendar never has such a day again.</summary>
    public DateTimeOffset? For(DateTimeOffset acceptedAt)
    {
        if (settings.After is { } after) return acceptedAt + after;
        var first = LocalTimes.DayOf(acceptedAt, zone);
        for (var day = first; day < first.AddDays(FurthestDays); day = day.AddDays(1))
        {
            if (calendar?.HasDay(day) == false) continue;
            var due = LocalTimes.ToInstant(day, settings.At!.Value, zone);
            if (due > acceptedAt) return due;
        }

        return null;
    }
}
