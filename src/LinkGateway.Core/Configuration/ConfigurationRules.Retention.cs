namespace LinkGateway.Core.Configuration;

/// <content>How long things are kept.</content>
sealed partial class ConfigurationRules
{
    // What is kept longer is kept for ever, and an instant that far ahead cannot be reckoned with.
    static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_500);

    void CheckRetention()
    {
        var retention = _configuration.Retention;
        CheckRetention("$.retention.delivered", retention.Delivered);
        CheckRetention("$.retention.failed", retention.Failed);
        CheckRetention("$.retention.strays", retention.Strays);
        CheckRetention("$.retention.journal", retention.Journal);
        if (retention.ClockJump < TimeSpan.FromHours(1) || retention.ClockJump > LongestRetention)
            _errors.Add("$.retention.clockJump", $"{retention.ClockJump:c} is out of bounds", $"Use 01:00:00 to {LongestRetention:c}");
        if (retention.FreeSpaceReserve < 0)
            _errors.Add("$.retention.freeSpaceReserve", $"{retention.FreeSpaceReserve} is negative", "Use 0 or more");

        // A repeated message is known by its row: without it, what was delivered would be delivered again.
        if (retention.Journal < TimeSpan.FromDays(30))
            _errors.Add("$.retention.journal", $"{retention.Journal:c} is out of bounds", "Use at least 30.00:00:00");
    }

    void CheckRetention(string path, TimeSpan value)
    {
        if (value < TimeSpan.Zero) _errors.Add(path, "it is negative", "Use 00:00:00 or more");
        if (value > LongestRetention) _errors.Add(path, $"{value:c} is out of bounds", $"Use at most {LongestRetention:c}");
    }
}
