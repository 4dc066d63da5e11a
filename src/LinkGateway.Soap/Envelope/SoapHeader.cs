using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>One header block of an envelope.</summary>
public sealed class SoapHeader
{
    internal SoapHeader(XElement element, bool mustUnderstand, string? role)
    {
        Element = element;
        MustUnderstand = mustUnderstand;
        Role = role;
    }

    /// <summary>The name of the block's element.</summary>
    public XName Name => Element.Name;

    /// <summary>Whether a receiver in <see cref="Role"/> must refuse the message when it does not know this block.</summary>
    public bool MustUnderstand { get; }

    /// <summary>The URI of the role (1.1: actor) the block is for; null for the ultimate receiver.</summary>
    public string? Role { get; }

    /// <summary>The block as it came, its SOAP attributes included.</summary>
    public XElement Element { get; }

    /// <summary>Whether the block is for the one who reads it here: the ultimate receiver, or the next one whoever it is.</summary>
    public bool IsForReceiver => Role is null or "" or
        "http://schemas.xmlsoap.org/soap/actor/next" or
        "http://www.w3.org/2003/05/soap-envelope/role/next" or
        "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver";
}
