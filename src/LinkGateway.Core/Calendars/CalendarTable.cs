using System.Collections.Frozen;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Calendars;

/// <summary>All calendars and planned stops of a configuration. Immutable and thread-safe.</summary>
public sealed class CalendarTable
{
    readonly FrozenDictionary<string, StopPlan> _stops;
    readonly TimeZoneInfo _zone;

    /// <summary>Builds the table.</summary>
    /// <param name="configuration">The checked configuration.</param>
    /// <param name="holidays">The holidays of files, by their paths.</param>
    /// <param name="zone">The gateway's time zone.</param>
    internal CalendarTable(
        GatewayConfiguration configuration, IReadOnlyDictionary<string, IReadOnlyList<DateOnly>> holidays, TimeZoneInfo zone)
    {
        _zone = zone;
        ById = configuration.Calendars.ToFrozenDictionary(
            settings => settings.Id,
            settings => new Calendar(settings, settings.HolidayFile is { } path ? holidays[path] : [], zone),
            StringComparer.Ordinal);
        _stops = configuration.Destinations.Where(destination => destination.Maintenance.Count > 0).ToFrozenDictionary(
            destination => destination.Id, destination => new StopPlan(destination.Maintenance, ById, zone), StringComparer.Ordinal);
    }

    /// <summary>The calendars.</summary>
    public IReadOnlyDictionary<string, Calendar> ById { get; }

    /// <summary>The calendar of that id; null for none.</summary>
    public Calendar? Find(string? id) => id is null ? null : ById[id];

    /// <summary>The zone of a calendar's times; for none the gateway's.</summary>
    public TimeZoneInfo ZoneOf(string? id) => Find(id)?.Zone ?? _zone;

    /// <summary>The planned stops of a destination.</summary>
    public StopPlan StopsOf(string destinationId) => _stops.GetValueOrDefault(destinationId, StopPlan.None);
}
