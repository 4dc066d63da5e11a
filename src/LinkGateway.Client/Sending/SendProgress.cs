namespace LinkGateway.Client.Sending;

/// <summary>Where a sending stands, told each time something moves.</summary>
/// <param name="Phase">The step.</param>
/// <param name="Total">Size of the file in bytes; null while unknown (a pipe).</param>
/// <param name="Done">Bytes that the gateway holds or that are on their way in a running chunk.</param>
/// <param name="Sent">Bytes sent by this sending, repetitions included: what a rate is computed from.</param>
/// <param name="Trouble">Why the sender is about to try again; null when all goes well.</param>
public readonly record struct SendProgress(SendPhase Phase, long? Total, long Done, long Sent, string? Trouble = null);
