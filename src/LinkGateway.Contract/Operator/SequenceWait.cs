namespace LinkGateway.Contract.Operator;

/// <summary>What a delivery waits for in the order in which files reach their receiver.</summary>
public sealed record SequenceWait
{
    /// <summary>The order that it keeps: by what, from whom, to whom.</summary>
    public required string Order { get; init; }

    /// <summary>What it waits for, in words.</summary>
    public required string Text { get; init; }

    /// <summary>The delivery that it waits for; null when that is not here.</summary>
    public string? DeliveryId { get; init; }
}
