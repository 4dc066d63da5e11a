namespace LinkGateway.Core.Schedules;

/// <summary>What is kept of work that is done by itself, over restarts.</summary>
sealed record ScheduledRun
{
    /// <summary>Every time of the schedule up to this instant is over and done with.</summary>
    public required DateTimeOffset ServedUntil { get; init; }

    /// <summary>When the last run began; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last run ended; null before the first.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Files that the last run has taken.</summary>
    public int Taken { get; init; }

    /// <summary>Files that it would not or could not take.</summary>
    public int Refused { get; init; }
}
