namespace LinkGateway.Core.Calendars;

/// <summary>What a local time means in zones that change their clocks.</summary>
/// <remarks>
/// A time that comes twice means the first, one that is skipped the instant at which the clock jumps. So local times keep their order, and
/// a window loses or gains an hour only where it spans the change.
/// </remarks>
public static class LocalTimes
{
    /// <summary>The instant of a local time.</summary>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>The instant of a time on a day.</summary>
    public static DateTimeOffset ToInstant(DateOnly day, TimeOnly time, TimeZoneInfo zone) => ToInstant(day.ToDateTime(time), zone);

    /// <summary>The day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
