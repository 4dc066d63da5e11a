namespace LinkGateway.Contract.Operator;

/// <summary>An order to replay, and how far it is.</summary>
public sealed record ReplaySummary
{
    /// <summary>Value of <see cref="State"/>: its deliveries get their turn.</summary>
    public const string Running = "running";

    /// <summary>Value of <see cref="State"/>: every delivery has had its turn.</summary>
    public const string Done = "done";

    /// <summary>Value of <see cref="State"/>: an operator has stopped it; what had its turn goes on.</summary>
    public const string Stopped = "stopped";

    /// <summary>Its id.</summary>
    public required string OrderId { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who gave it.</summary>
    public required string Operator { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>One of the constants here.</summary>
    public required string State { get; init; }

    /// <summary>When it came to its end, who stopped it and why, where somebody did.</summary>
    public string? EndText { get; init; }

    /// <summary>The destination ordered; null: as the routes say.</summary>
    public string? To { get; init; }

    /// <summary>At most so many deliveries a minute.</summary>
    public required int Rate { get; init; }

    /// <summary>Deliveries in all.</summary>
    public required long Deliveries { get; init; }

    /// <summary>Deliveries whose turn has not come.</summary>
    public required long Pending { get; init; }

    /// <summary>Deliveries that were taken up again.</summary>
    public required long Continued { get; init; }

    /// <summary>Copies that were made.</summary>
    public required long Copied { get; init; }

    /// <summary>Deliveries about which nothing was done.</summary>
    public required long Skipped { get; init; }

    /// <summary>The states, by name, of the deliveries that carry it out.</summary>
    public required IReadOnlyDictionary<string, long> Outcomes { get; init; }

    /// <summary>When the last delivery has its turn, at this rate; null when all had theirs.</summary>
    public DateTimeOffset? LastTurnAt { get; init; }
}
