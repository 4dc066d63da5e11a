namespace LinkGateway.Core.Configuration;

/// <content>Classes of deliveries, and how much a destination is given.</content>
sealed partial class ConfigurationRules
{
    const int MostAtOnce = 1_000;
    static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    void CheckClasses()
    {
        CheckClasses("$.classes", _configuration.Classes);
        if (_configuration.Classes.All(item => item.Name != ClassSettings.Ordinary && !IsPlaceholder(item.Name)))
            _errors.Add("$.classes", $"there is no '{ClassSettings.Ordinary}', the class of routes that name none",
                $$"""Add { "name": "{{ClassSettings.Ordinary}}", "weight": 4 }""");
        CheckMode("$.modes.disaster", _configuration.Modes.Disaster);
        CheckMode("$.modes.recovery", _configuration.Modes.Recovery);
    }

    void CheckMode(string path, IReadOnlyList<ClassSettings>? classes)
    {
        if (classes is null) return;
        CheckClasses(path, classes);
        foreach (var (index, item) in classes.Index()) CheckClass($"{path}[{index}].name", item.Name);
    }

    void CheckClasses(string path, IReadOnlyList<ClassSettings> classes)
    {
        CheckUnique(path, classes, item => item.Name, "name");
        foreach (var (index, item) in classes.Index())
        {
            CheckId($"{path}[{index}].name", item.Name);
            CheckCount($"{path}[{index}].weight", item.Weight, 1, 1_000);
            CheckMost($"{path}[{index}].concurrency", item.Concurrency);
        }
    }

    void CheckClass(string path, string name) =>
        CheckReference(path, name, _configuration.Classes.Select(item => item.Name).ToHashSet(StringComparer.Ordinal), "classes");

    void CheckMost(string path, int? most)
    {
        if (most is { } value) CheckCount(path, value, 1, MostAtOnce);
    }

    void CheckLoad(string path, Destination destination)
    {
        CheckCount($"{path}.drain", destination.Drain, 1, 1_000);

        // Of services it counts calls too, and is checked with them.
        if (destination is not ServiceDestination) CheckMost($"{path}.concurrency", destination.MostDeliveries);
        var outage = destination.Outage;
        CheckCount($"{path}.outage.misses", outage.Misses, 1, 1_000);
        if (outage.Credit is not (> 0 and <= 1))
            _errors.Add($"{path}.outage.credit", $"{outage.Credit} is out of bounds", "Use more than 0 and at most 1");
        if (outage.FirstPause < TimeSpan.FromMilliseconds(100) || outage.FirstPause > LongestPause)
            _errors.Add($"{path}.outage.firstPause", $"{outage.FirstPause:c} is out of bounds", $"Use 00:00:00.1 to {LongestPause:c}");
        if (outage.LongestPause < outage.FirstPause || outage.LongestPause > LongestPause)
            _errors.Add($"{path}.outage.longestPause", $"{outage.LongestPause:c} is out of bounds",
                $"Use firstPause ({outage.FirstPause:c}) to {LongestPause:c}");
    }
}
