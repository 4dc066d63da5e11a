namespace LinkGateway.Core.Journal;

/// <summary>A lane in which something is due.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="DueAt">Since when its first delivery that nobody holds is due.</param>
public readonly record struct LaneHead(Lane Lane, DateTimeOffset DueAt);
