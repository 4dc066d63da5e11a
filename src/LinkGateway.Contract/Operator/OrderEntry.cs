namespace LinkGateway.Contract.Operator;

/// <summary>An order in the journal.</summary>
public sealed record OrderEntry
{
    /// <summary>Its number, from 1, in the order of the journal.</summary>
    public required long Number { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The participant of kind operator that gave it.</summary>
    public required string Operator { get; init; }

    /// <summary>The order.</summary>
    public required OrderKind Order { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Origin of its transfer.</summary>
    public required string Origin { get; init; }

    /// <summary>Id of its transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>State of the delivery before.</summary>
    public required string From { get; init; }

    /// <summary>State of the delivery after.</summary>
    public required string To { get; init; }
}
