namespace LinkGateway.Core.Configuration;

/// <summary>When deliveries of a route may begin.</summary>
public sealed record RouteWindow
{
    /// <summary>Calendar: deliveries begin while it is open, and wait otherwise.</summary>
    public required string Calendar { get; init; }

    /// <summary>
    /// Whether one that is under way when it closes is broken off and goes on from its chunks when it opens again; false lets it end.
    /// Only what goes in chunks, to gateways and receivers, is broken off.
    /// </summary>
    public bool StopAtEnd { get; init; }
}
