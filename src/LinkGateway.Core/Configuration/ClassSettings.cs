namespace LinkGateway.Core.Configuration;

/// <summary>A class of deliveries: how much of the gateway it gets while others wait too.</summary>
public sealed record ClassSettings
{
    /// <summary>The class of routes that name none.</summary>
    public const string Ordinary = "production";

    /// <summary>The classes of a gateway whose file names none.</summary>
    public static IReadOnlyList<ClassSettings> Normal { get; } =
    [
        new() { Name = "life", Weight = 32, Urgent = true },
        new() { Name = "emergency-support", Weight = 16, Urgent = true },
        new() { Name = "infrastructure", Weight = 8, Urgent = true },
        new() { Name = "secondary-support", Weight = 4 },
        new() { Name = Ordinary, Weight = 4 },
        new() { Name = "wide-area", Weight = 2 },
    ];

    /// <summary>What holds in a disaster: what saves people first, and the nightly bulk no faster than two files at a time.</summary>
    public static IReadOnlyList<ClassSettings> Disaster { get; } =
    [
        new() { Name = "life", Weight = 128, Urgent = true },
        new() { Name = "emergency-support", Weight = 64, Urgent = true },
        new() { Name = "infrastructure", Weight = 32, Urgent = true },
        new() { Name = "secondary-support", Weight = 8 },
        new() { Name = "wide-area", Weight = 4 },
        new() { Name = Ordinary, Weight = 1, Concurrency = 2 },
    ];

    /// <summary>What holds while everybody catches up: what saves people is still urgent, and the rest is made up for alike.</summary>
    public static IReadOnlyList<ClassSettings> Recovery { get; } =
    [
        new() { Name = "life", Weight = 16, Urgent = true },
        new() { Name = "emergency-support", Weight = 16, Urgent = true },
        new() { Name = "infrastructure", Weight = 12, Urgent = true },
        new() { Name = "secondary-support", Weight = 8 },
        new() { Name = Ordinary, Weight = 8 },
        new() { Name = "wide-area", Weight = 4 },
    ];

    /// <summary>Its name, which routes state as class.</summary>
    public required string Name { get; init; }

    /// <summary>Its share while others wait too: a class of weight 8 gets twice what one of weight 4 gets. 1 to 1000.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether it may use the workers of limits.urgentWorkers when all others are taken.</summary>
    public bool Urgent { get; init; }

    /// <summary>Deliveries of this class that run at the same time; null means as many as there are workers.</summary>
    public int? Concurrency { get; init; }
}
