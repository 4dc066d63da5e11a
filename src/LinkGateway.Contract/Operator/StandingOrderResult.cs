namespace LinkGateway.Contract.Operator;

/// <summary>What a standing order has changed.</summary>
public sealed record StandingOrderResult
{
    /// <summary>About what.</summary>
    public required string Subject { get; init; }

    /// <summary>What was in force before; null when nothing was.</summary>
    public string? Before { get; init; }

    /// <summary>What is in force now, or would be; null when nothing is.</summary>
    public string? After { get; init; }

    /// <summary>True when nothing was changed, as asked.</summary>
    public bool DryRun { get; init; }
}
