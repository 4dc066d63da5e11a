using System.Xml;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Sending;

/// <summary>One message to be sent. Attachments are read while it is sent, so it can be sent once.</summary>
public sealed record SoapRequest
{
    /// <summary>The version of SOAP; 1.1 by default.</summary>
    public SoapVersion Version { get; init; } = SoapVersion.Soap11;

    /// <summary>
    /// What the message means: the quoted SOAPAction header of SOAP 1.1 (<c>""</c> where null, WS-I BP 1.1 R1109), the <c>action</c>
    /// parameter of
    /// SOAP 1.2.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>Writes the element inside <c>Body</c>.</summary>
    public required Action<XmlWriter> Body { get; init; }

    /// <summary>Writes header blocks beside those of <see cref="Addressing"/>; null for none.</summary>
    public Action<XmlWriter>? Headers { get; init; }

    /// <summary>The WS-Addressing headers; null for none.</summary>
    public AddressingHeaders? Addressing { get; init; }

    /// <summary>
    /// The attachments, in order; with one at least the message is multipart/related. Their sources are released by the sending.
    /// </summary>
    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];

    /// <summary>HTTP headers to add, for example Authorization; none of <see cref="ConnectionHeaders"/>.</summary>
    /// <exception cref="ArgumentException">A header belongs to the connection or the message.</exception>
    public IReadOnlyDictionary<string, string> HttpHeaders
    {
        get;
        init => field = ConnectionHeaders.RequireNone(value);
    } = new Dictionary<string, string>();

    /// <summary>
    /// Whether to send <c>Expect: 100-continue</c> and hold the body back until the server agrees, so that a refusal costs nothing.
    /// </summary>
    public bool ExpectContinue { get; init; }
}
