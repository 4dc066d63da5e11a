namespace LinkGateway.Contract.Operator;

/// <summary>One move in the life of a transfer or a delivery.</summary>
public sealed record EventEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The delivery; null for the transfer itself.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>State before; empty at the beginning.</summary>
    public required string From { get; init; }

    /// <summary>State after.</summary>
    public required string To { get; init; }

    /// <summary>Code and text of the reason, or empty.</summary>
    public required string Detail { get; init; }
}
