using LinkGateway.Core.Calendars;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Deadlines;

/// <summary>An expected file with its times resolved. Immutable and thread-safe.</summary>
/// <param name="settings">As configured.</param>
/// <param name="calendar">The calendar of its days; null: every day.</param>
/// <param name="zone">The zone of its times.</param>
public sealed class Expectation(ExpectedFile settings, Calendar? calendar, TimeZoneInfo zone)
{
    // Whoever expects nothing for longer is not told of it.
    const int FurthestDays = 40;

    /// <summary>As configured.</summary>
    public ExpectedFile Settings => settings;

    /// <summary>What notices and lists call it.</summary>
    public string Subject =>
        $"{settings.Origin}/{settings.Interface}{(settings.Receiver is { } receiver ? $"/{receiver}" : "")}/{settings.By:HHmm}";

    /// <summary>
    /// The day that holds at an instant: from when files count for it, and by when one must have come. It holds until the next one begins.
    /// Null where there has been none of late.
    /// </summary>
    public (DateTimeOffset From, DateTimeOffset By)? At(DateTimeOffset now)
    {
        var from = settings.From ?? settings.By.AddHours(-12);
        var tomorrow = LocalTimes.DayOf(now, zone).AddDays(1);
        for (var day = tomorrow; day > tomorrow.AddDays(-FurthestDays); day = day.AddDays(-1))
        {
            if (calendar?.HasDay(day) == false) continue;
            var begins = LocalTimes.ToInstant(from < settings.By ? day : day.AddDays(-1), from, zone);
            if (begins <= now) return (begins, LocalTimes.ToInstant(day, settings.By, zone));
        }

        return null;
    }
}
