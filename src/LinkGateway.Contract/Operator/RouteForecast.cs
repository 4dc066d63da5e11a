namespace LinkGateway.Contract.Operator;

/// <summary>What of a route is not over at one destination.</summary>
public sealed record RouteForecast
{
    /// <summary>Its origin.</summary>
    public required string Origin { get; init; }

    /// <summary>Its interface.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>Its receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>The destination.</summary>
    public required string Destination { get; init; }

    /// <summary>Files that this gateway has to deliver.</summary>
    public required long Files { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Files that wait for somebody else: the next gateway, the receiver, an operator, the rest of their set.</summary>
    public required long Elsewhere { get; init; }

    /// <summary>When the oldest of all was accepted.</summary>
    public required DateTimeOffset Oldest { get; init; }

    /// <summary>When they may begin, where a window or a planned stop makes them wait.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When the last of the files will be delivered as it looks now; absent where nothing is known of the rate.</summary>
    public DateTimeOffset? FinishesAt { get; init; }

    /// <summary>By when the oldest must be delivered; absent where the route has no deadline.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How it stands with the deadline.</summary>
    public required DeadlineVerdict Verdict { get; init; }
}
