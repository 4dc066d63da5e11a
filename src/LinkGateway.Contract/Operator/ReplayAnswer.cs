namespace LinkGateway.Contract.Operator;

/// <summary>What a replay would do, or has begun to do.</summary>
public sealed record ReplayAnswer
{
    /// <summary>True when nothing was changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The order; null when it was a dry run.</summary>
    public ReplaySummary? Order { get; init; }

    /// <summary>Deliveries that go on.</summary>
    public required long Continues { get; init; }

    /// <summary>Copies to be made.</summary>
    public required long Copies { get; init; }

    /// <summary>Deliveries about which nothing is done.</summary>
    public required long Skips { get; init; }

    /// <summary>Bytes of those that go on or are copied.</summary>
    public required long Bytes { get; init; }

    /// <summary>The first of them, in the order of their turns.</summary>
    public required IReadOnlyList<ReplayEntry> Entries { get; init; }
}
