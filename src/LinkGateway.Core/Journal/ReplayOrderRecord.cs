namespace LinkGateway.Core.Journal;

/// <summary>An order to replay deliveries: who, when, why, and how far it is.</summary>
public sealed record ReplayOrderRecord
{
    /// <summary>Its id, chosen by who ordered: the primary key.</summary>
    public required string OrderId { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The participant of kind operator.</summary>
    public required string Operator { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>What was ordered, as text: the same order given twice is known by it.</summary>
    public required string Request { get; init; }

    /// <summary>Destination ordered; null: as the routes say.</summary>
    public string? To { get; init; }

    /// <summary>At most so many deliveries a minute.</summary>
    public required int Rate { get; init; }

    /// <summary>State.</summary>
    public required ReplayState State { get; init; }

    /// <summary>How it came to its end, with when, who and why where somebody stopped it.</summary>
    public string? EndText { get; init; }

    /// <summary>Row version, from 1; each update states the one that it builds on.</summary>
    public long Version { get; init; } = 1;
}
