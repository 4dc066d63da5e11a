namespace LinkGateway.Core.Intake;

/// <summary>What one participant uses of the gateway.</summary>
/// <param name="Open">Unfinished transfers.</param>
/// <param name="InFlight">Bytes to come of them.</param>
/// <param name="Spool">Bytes that are kept, or declared by unfinished transfers.</param>
/// <param name="Today">Bytes that were accepted in the day, or are to come.</param>
public readonly record struct ParticipantUse(int Open, long InFlight, long Spool, long Today);
