namespace LinkGateway.Core.Configuration;

/// <summary>Times at which something may happen: windows on days of the week, with holidays.</summary>
public sealed record CalendarSettings
{
    /// <summary>Id that routes, destinations and expected files name.</summary>
    public required string Id { get; init; }

    /// <summary>IANA time zone of all its times; null means the gateway's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When it is open; empty means all day on every day.</summary>
    public IReadOnlyList<CalendarWindow> Windows { get; init; } = [];

    /// <summary>Holidays (祝日), as yyyy-MM-dd.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>
    /// A file with more holidays, a date a line, such as the list of national holidays (syukujitsu.csv) as the Cabinet Office publishes
    /// it; read with this file, and again with each reload.
    /// </summary>
    [ConfigurationPath]
    public string? HolidayFile { get; init; }

    /// <summary>When it is open on holidays instead; null means as on other days, an empty list not at all.</summary>
    public IReadOnlyList<CalendarWindow>? HolidayWindows { get; init; }
}
