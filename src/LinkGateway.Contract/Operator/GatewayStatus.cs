namespace LinkGateway.Contract.Operator;

/// <summary>How the gateway is.</summary>
public sealed record GatewayStatus
{
    /// <summary>Its id.</summary>
    public required string GatewayId { get; init; }

    /// <summary>Its environment: production, training or test.</summary>
    public required string Environment { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Its clock, in its time zone.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>When the process started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The addresses for participants.</summary>
    public required IReadOnlyList<string> Listeners { get; init; }

    /// <summary>The addresses for operators.</summary>
    public required IReadOnlyList<string> OperatorListeners { get; init; }

    /// <summary>How many deliveries there are, by state; states without any are left out.</summary>
    public required IReadOnlyDictionary<string, long> Deliveries { get; init; }

    /// <summary>What goes first, what waits, and for whom.</summary>
    public DispatchStatus? Dispatch { get; init; }

    /// <summary>What is kept, and how much room there is.</summary>
    public SpaceStatus? Space { get; init; }

    /// <summary>True when faults can be planted here: never so in production.</summary>
    public bool TestSeams { get; init; }
}
