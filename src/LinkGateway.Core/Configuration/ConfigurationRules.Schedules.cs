using LinkGateway.Core.Schedules;

namespace LinkGateway.Core.Configuration;

/// <content>When things are done by themselves.</content>
sealed partial class ConfigurationRules
{
    static readonly TimeSpan LongestEvery = TimeSpan.FromDays(1);
    static readonly TimeSpan ShortestEvery = TimeSpan.FromMinutes(1);

    void CheckSchedule(string path, ScheduleSettings? schedule)
    {
        if (schedule is null) return;
        if (schedule.Times.Count == 0 == schedule.Every is null)
            _errors.Add(path, schedule.Every is null ? "neither times nor every is stated" : "both times and every are stated",
                "State one of them, or leave the schedule out");
        foreach (var (index, time) in schedule.Times.Index()) CheckTimeOfDay($"{path}.times[{index}]", time);
        CheckTimeOfDay($"{path}.from", schedule.From);
        CheckTimeOfDay($"{path}.until", schedule.Until);
        if (schedule.Every is { } every && (every < ShortestEvery || every > LongestEvery))
            _errors.Add($"{path}.every", $"{every:c} is out of bounds", "Use 00:01:00 to 1.00:00:00");
        CheckUnique($"{path}", schedule.Times, time => time, "times");
    }

    void CheckTimeOfDay(string path, string text)
    {
        if (!Schedule.TryParse(text, out _)) _errors.Add(path, $"'{text}' is no time of the day", "Write it as HH:mm, such as 01:30");
    }
}
