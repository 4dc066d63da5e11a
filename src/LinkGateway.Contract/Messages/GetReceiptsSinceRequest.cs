namespace LinkGateway.Contract.Messages;

/// <summary>Asks for new receipts in bulk (long poll).</summary>
public sealed record GetReceiptsSinceRequest
{
    /// <summary>Cursor of the last answer; absent means from the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>Most receipts wanted, 1 to 1,000; absent means 100.</summary>
    public int? Max { get; init; }

    /// <summary>Seconds to wait for the first one, 0 to 30.</summary>
    public int? WaitSeconds { get; init; }
}
