namespace LinkGateway.Core.Intake;

/// <summary>What was accepted of an origin, by who handed it in.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="SubmittedBy">Participant that handed it in.</param>
/// <param name="Kept">Bytes whose payload is kept.</param>
/// <param name="Recent">Bytes accepted since the instant asked for.</param>
public readonly record struct AcceptedBytes(string Origin, string SubmittedBy, long Kept, long Recent);
