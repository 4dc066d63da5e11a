namespace LinkGateway.Core.Configuration;

/// <summary>A window of a calendar. It belongs to the day on which it begins.</summary>
public sealed record CalendarWindow
{
    /// <summary>Days of the week on which it begins; empty means every day.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>Local time at which it begins, as HH:mm.</summary>
    public TimeOnly From { get; init; }

    /// <summary>
    /// Local time at which it ends, as HH:mm; on the next day where it is not later than from, so that the same time means a whole day.
    /// </summary>
    public TimeOnly To { get; init; }
}
