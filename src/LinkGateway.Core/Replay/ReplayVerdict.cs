using LinkGateway.Contract.Operator;

namespace LinkGateway.Core.Replay;

/// <summary>What a replay does about a delivery as it is now.</summary>
/// <param name="Action">What.</param>
/// <param name="PayloadHere">Whether its bytes are here.</param>
/// <param name="DestinationId">Where it goes; null where nothing is done.</param>
/// <param name="Text">Why nothing is done, and what to do instead; else null.</param>
sealed record ReplayVerdict(ReplayAction Action, bool PayloadHere, string? DestinationId, string? Text);
