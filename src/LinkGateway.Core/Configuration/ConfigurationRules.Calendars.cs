namespace LinkGateway.Core.Configuration;

/// <content>Calendars, windows and planned stops.</content>
sealed partial class ConfigurationRules
{
    HashSet<string> CalendarIds => _configuration.Calendars.Select(calendar => calendar.Id).ToHashSet(StringComparer.Ordinal);

    void CheckCalendars()
    {
        CheckUnique("$.calendars", _configuration.Calendars, calendar => calendar.Id, "id");
        foreach (var (index, calendar) in _configuration.Calendars.Index())
        {
            CheckId($"$.calendars[{index}].id", calendar.Id);
            if (calendar.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
                _errors.Add($"$.calendars[{index}].timeZone", $"'{zone}' is no time zone known here",
                    "Use an IANA name such as Asia/Tokyo");
        }
    }

    void CheckWindow(string path, RouteSettings route)
    {
        if (route.Window is not { } window) return;
        CheckReference($"{path}.window.calendar", window.Calendar, CalendarIds, "calendars");
        if (window.StopAtEnd && _configuration.Interfaces.Any(item => item.Id == route.Interface && item.Service is not null))
            _errors.Add($"{path}.window.stopAtEnd", "messages are not broken off", "Remove it");
    }

    void CheckMaintenance(string path, Destination destination)
    {
        foreach (var (index, stop) in destination.Maintenance.Index())
        {
            var at = $"{path}.maintenance[{index}]";
            if (stop.Calendar is { } calendar)
            {
                CheckReference($"{at}.calendar", calendar, CalendarIds, "calendars");
                if (stop.From is not null || stop.To is not null)
                    _errors.Add(at, "it states both a calendar and times", "State calendar, or from and to");
            }
            else if (stop.From is null || stop.To is null)
            {
                if (!_errors.Holds($"{at}.from") && !_errors.Holds($"{at}.to"))
                    _errors.Add(at, "it does not say from when to when", "State from and to, or calendar");
            }
            else if (GatewayZone is { } zone && stop.To.In(zone) <= stop.From.In(zone))
            {
                _errors.Add($"{at}.to", "it does not lie after from", "Exchange or correct the times");
            }
        }
    }

    TimeZoneInfo? GatewayZone =>
        TimeZoneInfo.TryFindSystemTimeZoneById(_configuration.Gateway.TimeZone, out var zone) ? zone : null;
}
