namespace LinkGateway.FaultHarness.Receiving;

/// <summary>What the taker wrote down of one publication.</summary>
/// <param name="DeliveryId">From the control file.</param>
/// <param name="OriginalName">The origin's name of the file, from the control file.</param>
/// <param name="Sha256">Of the bytes that were there; empty where there were none.</param>
/// <param name="Again">Whether this delivery had been published before.</param>
sealed record TakenFile(string DeliveryId, string OriginalName, string Sha256, bool Again);
