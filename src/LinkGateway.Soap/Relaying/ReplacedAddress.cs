using System.Xml.Linq;

namespace LinkGateway.Soap.Relaying;

/// <summary>An address that was replaced.</summary>
/// <param name="Block">The header block it stood in: ReplyTo or FaultTo, in the namespace of its WS-Addressing.</param>
/// <param name="Address">The address that came, without surrounding blanks.</param>
public sealed record ReplacedAddress(XName Block, string Address);
