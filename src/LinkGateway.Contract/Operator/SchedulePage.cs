namespace LinkGateway.Contract.Operator;

/// <summary>What the gateway does by itself.</summary>
public sealed record SchedulePage
{
    /// <summary>All of it, by id.</summary>
    public required IReadOnlyList<ScheduleEntry> Entries { get; init; }
}
