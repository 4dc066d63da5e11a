namespace LinkGateway.Contract.Operator;

/// <summary>Orders to replay, newest first.</summary>
public sealed record ReplayPage
{
    /// <summary>The orders.</summary>
    public required IReadOnlyList<ReplaySummary> Replays { get; init; }
}
