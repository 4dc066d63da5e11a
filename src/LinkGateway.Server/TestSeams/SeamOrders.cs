namespace LinkGateway.Server.TestSeams;

/// <summary>The orders in <c>seams.json</c>.</summary>
sealed record SeamOrders
{
    /// <summary>What the gateway's clock is ahead of the system's; behind it where negative.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>What the payload store suffers from.</summary>
    public StoreTrouble Spool { get; init; } = new();

    /// <summary>What folder destinations suffer from.</summary>
    public StoreTrouble Folder { get; init; } = new();

    /// <summary>The process kills itself before the n-th step in a folder destination after this order; 0 for never.</summary>
    public int KillBefore { get; init; }

    /// <summary>The process kills itself after that step; 0 for never.</summary>
    public int KillAfter { get; init; }
}
