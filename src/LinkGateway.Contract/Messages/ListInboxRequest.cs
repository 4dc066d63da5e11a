namespace LinkGateway.Contract.Messages;

/// <summary>Asks what waits to be fetched.</summary>
public sealed record ListInboxRequest
{
    /// <summary>The receiver; absent means the caller, and from a gateway every receiver that it may receive for.</summary>
    public string? Receiver { get; init; }

    /// <summary>Cursor of the last answer; absent means from the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>Most items wanted, 1 to 1,000; absent means 100.</summary>
    public int? Max { get; init; }

    /// <summary>Seconds to wait for the first one, 0 to 30.</summary>
    public int? WaitSeconds { get; init; }
}
