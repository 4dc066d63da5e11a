namespace LinkGateway.Core.Configuration;

/// <summary>Reads every file of holidays that the configuration names, so that a wrong one is found at once and not in the night.</summary>
static class HolidayRules
{
    public static Dictionary<string, IReadOnlyList<DateOnly>> Check(
        GatewayConfiguration configuration, IConfigurationHost host, ErrorList errors)
    {
        var holidays = new Dictionary<string, IReadOnlyList<DateOnly>>(StringComparer.Ordinal);
        foreach (var (index, calendar) in configuration.Calendars.Index())
        {
            if (calendar.HolidayFile is not { } path || holidays.ContainsKey(path)) continue;
            try
            {
                holidays[path] = HolidayFile.Read(host.ReadFile(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                errors.Add($"$.calendars[{index}].holidayFile", $"the file {path} cannot be used: {e.Message.TrimEnd('.')}",
                    "Put a file with a date a line there");
            }
        }

        return holidays;
    }
}
