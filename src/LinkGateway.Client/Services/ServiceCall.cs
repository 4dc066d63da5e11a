using System.Xml;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Client.Services;

/// <summary>
/// One message to an interface behind a gateway. Immutable, and sent as often as one likes: it is the same message then, told by its
/// <see cref="MessageId"/>.
/// </summary>
public sealed record ServiceCall
{
    /// <summary>Code of the receiving organisation (団体コード), five or six digits.</summary>
    public required string Organisation { get; init; }

    /// <summary>Name of the service, as in its address.</summary>
    public required string Service { get; init; }

    /// <summary>
    /// Writes the element inside <c>Body</c>, such as <see cref="System.Xml.Linq.XElement.WriteTo(XmlWriter)"/> of an element; called each
    /// time the message is sent.
    /// </summary>
    public required Action<XmlWriter> Body { get; init; }

    /// <summary>The version of SOAP; 1.1 by default. The gateway converts where the receiver speaks the other.</summary>
    public SoapVersion Version { get; init; } = SoapVersion.Soap11;

    /// <summary>
    /// What the message means, <c>soapAction</c> of the WSDL; null where that is empty. It is the <c>wsa:Action</c> too, which
    /// WS-Addressing demands beside a <see cref="MessageId"/>: for a receiver that insists on it and has no action, send no id.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>
    /// The <c>wsa:MessageID</c>, an absolute URI of at most 255 characters; by default a new one for each call made. Null sends none: a
    /// message that is stored and sent twice is then delivered twice.
    /// </summary>
    public string? MessageId { get; init; } = $"urn:uuid:{Guid.NewGuid()}";

    /// <summary>
    /// Where the sender wants the reply, which makes the message an asynchronous one: the gateway puts an address of its own in its place,
    /// and delivers the reply to the callback that is configured there for the sender. Null for none.
    /// </summary>
    public EndpointReference? ReplyTo { get; init; }

    /// <summary>As <see cref="ReplyTo"/>, for faults; null means the same address.</summary>
    public EndpointReference? FaultTo { get; init; }

    /// <summary>The attachments, in order; the body refers to them.</summary>
    public IReadOnlyList<ServiceAttachment> Attachments { get; init; } = [];
}
