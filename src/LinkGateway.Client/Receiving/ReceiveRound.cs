namespace LinkGateway.Client.Receiving;

/// <summary>What came of one look into the inbox.</summary>
/// <param name="Outcomes">The files that were worked on, in order; also those that were left over from earlier rounds.</param>
/// <param name="Failure">Why the inbox could not be listed to its end; null when it could.</param>
public sealed record ReceiveRound(IReadOnlyList<ReceiveOutcome> Outcomes, ListFailure? Failure);
