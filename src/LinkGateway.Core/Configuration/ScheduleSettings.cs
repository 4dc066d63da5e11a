namespace LinkGateway.Core.Configuration;

/// <summary>
/// When something is done by itself, in the gateway's time zone: at some times of the day, or every so often within a part of it. A time
/// that passes while the gateway is down is made up for once when it starts.
/// </summary>
public sealed record ScheduleSettings
{
    /// <summary>Times of the day as HH:mm; not together with every.</summary>
    public IReadOnlyList<string> Times { get; init; } = [];

    /// <summary>How often, as hh:mm:ss, from one minute to one day; not together with times.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>For every: from when on, as HH:mm; the first time is this one.</summary>
    public string From { get; init; } = "00:00";

    /// <summary>For every: until when, as HH:mm, itself excluded; not later than from means on the next day.</summary>
    public string Until { get; init; } = "00:00";

    /// <summary>Days of the week on which it begins, such as monday; empty means all.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];
}
