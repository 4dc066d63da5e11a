namespace LinkGateway.Contract.Operator;

/// <summary>An order until further notice, or its end.</summary>
public sealed record StandingOrderRequest
{
    /// <summary>About what: <c>mode</c>, <c>suspend/PARTICIPANT</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>What; null lifts the order.</summary>
    public string? Value { get; init; }

    /// <summary>Why; an order without a reason is refused.</summary>
    public string? Reason { get; init; }

    /// <summary>Only to be told what would happen.</summary>
    public bool DryRun { get; init; }
}
