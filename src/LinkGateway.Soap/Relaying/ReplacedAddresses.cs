namespace LinkGateway.Soap.Relaying;

/// <summary>An envelope whose reply addresses were replaced.</summary>
/// <param name="Envelope">The bytes in the encoding they came in; those that came where nothing was replaced.</param>
/// <param name="Originals">What was replaced, in the order of the blocks; empty where there was nothing to replace.</param>
public sealed record ReplacedAddresses(ReadOnlyMemory<byte> Envelope, IReadOnlyList<ReplacedAddress> Originals);
