using System.Xml.Linq;

namespace LinkGateway.Soap.Relaying;

/// <summary>What a signature covers, as far as a relay must know it.</summary>
/// <param name="Block">The header block, or element of the body, that holds the signature.</param>
/// <param name="Uri">The reference that covers; empty for the whole document, null where the signature does not say.</param>
public sealed record SignedReference(XName Block, string? Uri);
