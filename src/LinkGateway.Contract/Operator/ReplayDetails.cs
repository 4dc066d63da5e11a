namespace LinkGateway.Contract.Operator;

/// <summary>An order to replay with its deliveries, a page at a time, in the order of their turns.</summary>
public sealed record ReplayDetails
{
    /// <summary>The order.</summary>
    public required ReplaySummary Order { get; init; }

    /// <summary>Deliveries.</summary>
    public required IReadOnlyList<ReplayEntry> Entries { get; init; }

    /// <summary>For the next page; null when there is none.</summary>
    public string? Cursor { get; init; }
}
