namespace LinkGateway.Core.Configuration;

/// <summary>One route (経路) as the file states it. What no route names is refused.</summary>
public sealed record RouteSettings
{
    /// <summary>Origin, or * for every origin that has no route of its own.</summary>
    public required string Origin { get; init; }

    /// <summary>Interface.</summary>
    public required string Interface { get; init; }

    /// <summary>Receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Destination by which the receiver is reached.</summary>
    public required string Destination { get; init; }

    /// <summary>
    /// Other ways to the same receiver, tried in order when the first cannot be reached. For files: gateways, of which each leads to the
    /// place where the first leads too.
    /// </summary>
    public IReadOnlyList<string> Alternates { get; init; } = [];

    /// <summary>
    /// Other places for the receiver's files, turned to in order only while it is certain that no earlier place holds the file; for files
    /// only.
    /// </summary>
    public IReadOnlyList<string> AlternateStores { get; init; } = [];

    /// <summary>For how long the first destination must have been well again before files return to it, as d.hh:mm:ss.</summary>
    public TimeSpan ReturnAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How messages are held to the contract; for services only.</summary>
    public ValidationSettings Validation { get; init; } = new();

    /// <summary>The environment of this route; null means the gateway's. Must be the same as the gateway's.</summary>
    public OperatingEnvironment? Environment { get; init; }

    /// <summary>How long a payload is kept after it was delivered, as d.hh:mm:ss; null means retention.delivered.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>When its deliveries may begin; null means at all times.</summary>
    public RouteWindow? Window { get; init; }

    /// <summary>By when its files must be delivered; null means that there is no deadline.</summary>
    public RouteDeadline? Deadline { get; init; }

    /// <summary>Class of its deliveries, one of classes.</summary>
    public string Class { get; init; } = ClassSettings.Ordinary;

    /// <summary>Deliveries of this route that are under way at the same time, 1 to 1000; null means as many as there are workers.</summary>
    public int? Concurrency { get; init; }

    /// <summary>How a failed delivery is tried again.</summary>
    public RetrySettings Retry { get; init; } = new();
}
