namespace LinkGateway.Core.Journal;

/// <summary>How much the finished transfers keep.</summary>
/// <param name="Payloads">How many payloads.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="BytesGoing">Those of them that go by the instant asked for.</param>
public readonly record struct PayloadTotals(long Payloads, long Bytes, long BytesGoing);
