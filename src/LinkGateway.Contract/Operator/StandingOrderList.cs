namespace LinkGateway.Contract.Operator;

/// <summary>What operators have ordered until further notice.</summary>
public sealed record StandingOrderList
{
    /// <summary>What is in force, by subject.</summary>
    public required IReadOnlyList<StandingOrderEntry> InForce { get; init; }

    /// <summary>The newest orders, those that were lifted or replaced included, newest first.</summary>
    public required IReadOnlyList<StandingOrderEntry> Newest { get; init; }
}
