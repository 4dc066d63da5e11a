namespace LinkGateway.Contract.Operator;

/// <summary>Something that the gateway does by itself: a watched folder, or another gateway's inbox that it fetches from.</summary>
public sealed record ScheduleEntry
{
    /// <summary>watch/ or pull/ and the id in the configuration.</summary>
    public required string Id { get; init; }

    /// <summary>When it is done, in words; null when always.</summary>
    public string? Schedule { get; init; }

    /// <summary>Whether it is being done now.</summary>
    public bool Running { get; init; }

    /// <summary>When the last run began; null when there was none.</summary>
    public DateTimeOffset? LastStartedAt { get; init; }

    /// <summary>When the last run ended.</summary>
    public DateTimeOffset? LastEndedAt { get; init; }

    /// <summary>When the next run is due; null when it is done always.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Files that the last run has taken; without a schedule, since the start.</summary>
    public int Taken { get; init; }

    /// <summary>Files that the last run was refused or could not take; without a schedule, since the start.</summary>
    public int Refused { get; init; }

    /// <summary>Files that were seen there and are not yet whole.</summary>
    public int Growing { get; init; }

    /// <summary>What is wrong at present; null when nothing is known to be.</summary>
    public string? Trouble { get; init; }
}
