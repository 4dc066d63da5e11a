namespace LinkGateway.Contract.Operator;

/// <summary>A standing order in the journal.</summary>
public sealed record StandingOrderEntry
{
    /// <summary>Its number, from 1, in the order of the journal.</summary>
    public required long Number { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The participant of kind operator that gave it.</summary>
    public required string Operator { get; init; }

    /// <summary>About what: <c>mode</c>, <c>suspend/PARTICIPANT</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What was ordered; null where a former order was lifted.</summary>
    public string? Value { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
