namespace LinkGateway.Contract.Operator;

/// <summary>What an order did, or would do.</summary>
public sealed record OrderResult
{
    /// <summary>The order.</summary>
    public required OrderKind Order { get; init; }

    /// <summary>True when nothing was changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary>State of the delivery before.</summary>
    public required string From { get; init; }

    /// <summary>Of <see cref="OrderKind.PassAll"/>: how many deliveries are passed.</summary>
    public int? Passed { get; init; }

    /// <summary>The delivery after it.</summary>
    public required DeliverySummary Delivery { get; init; }
}
