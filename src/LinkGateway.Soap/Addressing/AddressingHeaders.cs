using System.Xml;
using System.Xml.Linq;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Addressing;

/// <summary>The headers of WS-Addressing 1.0 (W3C Recommendation 2006-05-09) of one message. Immutable.</summary>
public sealed record AddressingHeaders
{
    /// <summary>The namespace of the headers.</summary>
    public static readonly XNamespace Namespace = "http://www.w3.org/2005/08/addressing";

    /// <summary>The namespace of the submission of August 2004: such headers are known, and not read.</summary>
    public static readonly XNamespace SubmissionNamespace = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    /// <summary>The action of an answer that is a fault of the service (WS-Addressing SOAP binding, 6).</summary>
    public const string FaultAction = "http://www.w3.org/2005/08/addressing/soap/fault";

    static readonly string[] Names = ["MessageID", "RelatesTo", "To", "Action", "ReplyTo", "FaultTo", "From"];

    /// <summary>The names of all header blocks understood here.</summary>
    public static IReadOnlySet<XName> Understood { get; } = Names.Select(name => Namespace + name).ToHashSet();

    /// <summary>The id of this message, an absolute URI; null where it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The id of the message this one answers; null where it answers none.</summary>
    public string? RelatesTo { get; init; }

    /// <summary>Where this message is sent; null means the anonymous address.</summary>
    public string? To { get; init; }

    /// <summary>What the message means; null only in a message whose headers are incomplete.</summary>
    public string? Action { get; init; }

    /// <summary>Where the answer is expected; null means in the same HTTP exchange.</summary>
    public EndpointReference? ReplyTo { get; init; }

    /// <summary>Where a fault is expected; null means at <see cref="ReplyTo"/>.</summary>
    public EndpointReference? FaultTo { get; init; }

    /// <summary>Elements of the endpoint reference this message is sent to, repeated as header blocks.</summary>
    public IReadOnlyList<XElement> ReferenceParameters { get; init; } = [];

    /// <summary>Reads the headers of an envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The headers, or null where none of WS-Addressing is there.</returns>
    /// <exception cref="SoapFormatException">A header that may stand once stands twice, or an endpoint reference has no
    /// address.</exception>
    public static AddressingHeaders? From(SoapEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var blocks = default(Blocks);
        foreach (var header in envelope.Headers)
        {
            if (header.Name.Namespace == Namespace && header.IsForReceiver)
                blocks.Take(header.Element);
        }
        return !blocks.Any ? null : new AddressingHeaders
        {
            MessageId = blocks.MessageId?.Value.Trim(),
            RelatesTo = blocks.RelatesTo?.Value.Trim(),
            To = blocks.To?.Value.Trim(),
            Action = blocks.Action?.Value.Trim(),
            ReplyTo = Endpoint(blocks.ReplyTo),
            FaultTo = Endpoint(blocks.FaultTo),
        };
    }

    /// <summary>The headers of an answer to the message that has these headers (WS-Addressing core, 3.4).</summary>
    /// <param name="action">What the answer means.</param>
    /// <param name="isFault">Whether the answer is a fault, which prefers <see cref="FaultTo"/>.</param>
    /// <returns>Headers related to this message and addressed to whom it names.</returns>
    public AddressingHeaders Reply(string action, bool isFault = false)
    {
        var to = (isFault ? FaultTo : null) ?? ReplyTo;
        return new AddressingHeaders
        {
            Action = action,
            RelatesTo = MessageId,
            To = to?.Address,
            ReferenceParameters = to?.ReferenceParameters ?? [],
        };
    }

    /// <summary>Writes the header blocks that are set.</summary>
    /// <param name="writer">A writer that stands inside <c>Header</c>.</param>
    public void WriteTo(XmlWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteText(writer, "MessageID", MessageId);
        WriteText(writer, "RelatesTo", RelatesTo);
        WriteText(writer, "To", To);
        WriteText(writer, "Action", Action);
        WriteEndpoint(writer, "ReplyTo", ReplyTo);
        WriteEndpoint(writer, "FaultTo", FaultTo);
        foreach (var parameter in ReferenceParameters)
        {
            var block = new XElement(parameter);
            block.SetAttributeValue(Namespace + "IsReferenceParameter", "true");
            block.WriteTo(writer);
        }
    }

    static bool IsReply(XElement relatesTo) =>
        (string?)relatesTo.Attribute("RelationshipType") is null or "http://www.w3.org/2005/08/addressing/reply";

    static EndpointReference? Endpoint(XElement? block)
    {
        if (block is null)
            return null;
        var address = block.Element(Namespace + "Address")?.Value.Trim();
        if (string.IsNullOrEmpty(address))
            throw new SoapFormatException(SoapFormatError.Addressing, $"The WS-Addressing header {block.Name.LocalName} has no Address.");
        return new EndpointReference(address)
        {
            ReferenceParameters = block.Element(Namespace + "ReferenceParameters")?.Elements().ToArray() ?? [],
        };
    }

    static void WriteText(XmlWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteElementString("wsa", name, Namespace.NamespaceName, value);
    }

    static void WriteEndpoint(XmlWriter writer, string name, EndpointReference? endpoint)
    {
        if (endpoint is null)
            return;
        writer.WriteStartElement("wsa", name, Namespace.NamespaceName);
        WriteText(writer, "Address", endpoint.Address);
        if (endpoint.ReferenceParameters.Count > 0)
        {
            writer.WriteStartElement("wsa", "ReferenceParameters", Namespace.NamespaceName);
            foreach (var parameter in endpoint.ReferenceParameters)
                parameter.WriteTo(writer);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    /// <summary>The blocks of one message, each of which may stand there once; several replies may be related to.</summary>
    struct Blocks
    {
        public bool Any;
        public XElement? MessageId;
        public XElement? RelatesTo;
        public XElement? To;
        public XElement? Action;
        public XElement? ReplyTo;
        public XElement? FaultTo;

        public void Take(XElement block)
        {
            Any = true;
            switch (block.Name.LocalName)
            {
                case "MessageID":
                    Once(ref MessageId, block);
                    break;
                case "To":
                    Once(ref To, block);
                    break;
                case "Action":
                    Once(ref Action, block);
                    break;
                case "ReplyTo":
                    Once(ref ReplyTo, block);
                    break;
                case "FaultTo":
                    Once(ref FaultTo, block);
                    break;
                case "RelatesTo" when RelatesTo is null && IsReply(block):
                    RelatesTo = block;
                    break;
            }
        }

        static void Once(ref XElement? place, XElement block)
        {
            if (place is not null)
                throw new SoapFormatException(
                    SoapFormatError.Addressing, $"The WS-Addressing header {block.Name.LocalName} is there more than once.");
            place = block;
        }
    }
}
