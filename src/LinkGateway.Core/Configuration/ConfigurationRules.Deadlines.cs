namespace LinkGateway.Core.Configuration;

/// <content>Deadlines and expected files.</content>
sealed partial class ConfigurationRules
{
    static readonly TimeSpan MaxDeadline = TimeSpan.FromDays(31);

    void CheckDeadline(string path, RouteSettings route)
    {
        if (route.Deadline is not { } deadline) return;
        if (deadline.At is null == deadline.After is null && !_errors.Holds($"{path}.at") && !_errors.Holds($"{path}.after"))
            _errors.Add(path, deadline.At is null ? "it states neither at nor after" : "it states both at and after",
                "State one of the two");
        if (deadline.Calendar is { } calendar) CheckReference($"{path}.calendar", calendar, CalendarIds, "calendars");
        if (deadline is { Calendar: not null, After: not null, At: null })
            _errors.Add($"{path}.calendar", "after knows no days", "Remove it, or use at");
        if (deadline.After is { } after && (after <= TimeSpan.Zero || after > MaxDeadline))
            _errors.Add($"{path}.after", $"{after:c} is out of bounds", $"Use more than 00:00:00 and at most {MaxDeadline:c}");
    }

    void CheckExpected()
    {
        var participants = ParticipantIds;
        var interfaces = _configuration.Interfaces.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, expected) in _configuration.Expected.Index())
        {
            var path = $"$.expected[{index}]";
            CheckReference($"{path}.origin", expected.Origin, participants, "participants");
            CheckReference($"{path}.interface", expected.Interface, interfaces, "interfaces");
            if (expected.Receiver is { } receiver) CheckReference($"{path}.receiver", receiver, participants, "participants");
            if (expected.Calendar is { } calendar) CheckReference($"{path}.calendar", calendar, CalendarIds, "calendars");
            if (expected.From == expected.By)
                _errors.Add($"{path}.from", "it is the same time as by", "Leave a gap, in which a late file may still come");
        }

        CheckUnique("$.expected", _configuration.Expected, ExpectedKey, "by");
    }

    static string? ExpectedKey(ExpectedFile expected) => IsPlaceholder(expected.Origin) || IsPlaceholder(expected.Interface)
        ? null
        : $"{expected.Origin}/{expected.Interface}/{expected.Receiver}/{expected.By:HH\\:mm}";
}
