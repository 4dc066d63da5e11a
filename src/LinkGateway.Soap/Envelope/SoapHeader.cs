using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>One header block of an envelope.</summary>
public sealed class SoapHeader
{
    internal SoapHeader(XElement element, bool mustUnderstand, bool relay, string? role)
    {
        Element = element;
        MustUnderstand = mustUnderstand;
        Relay = relay;
        Role = role;
    }

    /// <summary>The name of the block's element.</summary>
    public XName Name => Element.Name;

    /// <summary>Whether a receiver in <see cref="Role"/> must refuse the message when it does not know this block.</summary>
    public bool MustUnderstand { get; }

    /// <summary>Whether one who stands between and does not know this block passes it on (SOAP 1.2 part 1, 5.2.4); never in 1.1.</summary>
    public bool Relay { get; }

    /// <summary>The URI of the role (1.1: actor) the block is for; null for the ultimate receiver.</summary>
    public string? Role { get; }

    /// <summary>The block as it came, its SOAP attributes included.</summary>
    public XElement Element { get; }

    /// <summary>
    /// Whether the block is for the one who reads it here: the ultimate receiver, or the next one whoever it is. A block in the role
    /// <c>none</c> of SOAP 1.2 is for nobody (part 1, 2.2).
    /// </summary>
    public bool IsForReceiver => Role is null or "" or
        "http://schemas.xmlsoap.org/soap/actor/next" or
        "http://www.w3.org/2003/05/soap-envelope/role/next" or
        "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver";
}
