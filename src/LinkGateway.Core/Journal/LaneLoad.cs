namespace LinkGateway.Core.Journal;

/// <summary>What waits in a lane to be sent.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Waiting">Deliveries in Waiting or InDoubt that lie in no inbox.</param>
public readonly record struct LaneLoad(Lane Lane, long Waiting);
