using System.Xml;
using System.Xml.Linq;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Writes a fault in the other version of SOAP. A code of one's own is <c>faultcode</c> itself in SOAP 1.1 and a <c>Subcode</c> in SOAP
/// 1.2; the elements in its detail stay as they are.
/// </summary>
sealed class FaultConversion(SoapEnvelope envelope, XmlWriter writer, VersionChange change, ConvertingCopy copy)
{
    static readonly XName Language = XNamespace.Xml + "lang";

    readonly Dictionary<string, XElement> _parts = [];
    readonly XNamespace _old = change.Old;
    IDictionary<string, string> _scope = new Dictionary<string, string>();
    bool _hasDetail;

    string DetailName => change.ToSoap12 ? "detail" : "Detail";

    /// <summary>Converts the fault that a reader is on, and leaves the reader on its end.</summary>
    public void Convert(XmlReader fault)
    {
        copy.BeginSoapElement(fault, "Fault");
        _scope = ((IXmlNamespaceResolver)fault).GetNamespacesInScope(XmlNamespaceScope.All);
        using (var children = fault.ReadSubtree())
            Gather(children);
        if (change.ToSoap12)
            Write12();
        else
            Write11();
        if (_hasDetail)
            CopyDetail();
        writer.WriteEndElement();
    }

    /// <summary>Takes in all but the detail, which comes last in both versions and may be large.</summary>
    void Gather(XmlReader reader)
    {
        reader.Read();
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
            }
            else if (IsPart(reader, DetailName))
            {
                _hasDetail = true;
                reader.Skip();
            }
            else
            {
                var part = (XElement)XNode.ReadFrom(reader);
                _parts.TryAdd(part.Name.LocalName, part);
            }
        }
    }

    // WS-I BP 1.1 R1001 wants the children of a SOAP 1.1 fault unqualified; some stacks qualify them all the same.
    bool IsPart(XmlReader reader, string name) =>
        reader.LocalName == name && (change.ToSoap12 || reader.NamespaceURI == change.Old);

    void Write12()
    {
        var holder = Part("faultcode");
        var code = NameIn(holder);
        var text = holder?.Value.Trim() ?? "";
        var local = text[(text.LastIndexOf(':') + 1)..];
        // Dot notation breaks WS-I BP 1.1 R1031 but is what Axis sends: the part before the dot is the code.
        var dot = local.IndexOf('.', StringComparison.Ordinal);
        var standard = Code12(dot < 0 ? local : local[..dot]);
        var isSoapName = code is not null && (code.Namespace == _old || code.Namespace == XNamespace.None);
        Begin12("Code");
        WriteValue($"{change.Prefix}:{standard ?? "Receiver"}");
        if (code is not null && !(isSoapName && standard is not null && dot < 0))
        {
            Begin12("Subcode");
            Begin12("Value");
            WriteOwnName(code);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        writer.WriteEndElement();

        Begin12("Reason");
        Begin12("Text");
        WriteReason(Part("faultstring"), "en");
        writer.WriteEndElement();
        writer.WriteEndElement();
        if (Part("faultactor") is { } actor && actor.Value.Trim().Length > 0)
            writer.WriteElementString(change.Prefix, "Role", change.New, actor.Value.Trim());
    }

    void Write11()
    {
        var code = Part("Code");
        var subcode = NameIn(code?.Element(_old + "Subcode")?.Element(_old + "Value"));
        writer.WriteStartElement("", "faultcode", "");
        if (subcode is not null)
            WriteOwnName(subcode);
        else
            writer.WriteString($"{change.Prefix}:{Code11(NameIn(code?.Element(_old + "Value"))?.LocalName)}");
        writer.WriteEndElement();

        var texts = Part("Reason")?.Elements(_old + "Text").ToArray() ?? [];
        writer.WriteStartElement("", "faultstring", "");
        WriteReason(Array.Find(texts, text => IsIn(text, "ja")) ?? Array.Find(texts, text => IsIn(text, "en")) ?? texts.FirstOrDefault());
        writer.WriteEndElement();
        if ((Part("Role") ?? Part("Node")) is { } actor)
        {
            writer.WriteStartElement("", "faultactor", "");
            writer.WriteString(actor.Value.Trim());
            writer.WriteEndElement();
        }
    }

    void CopyDetail()
    {
        using var reader = envelope.Text.OpenReaderWithComments();
        MoveToDetail(reader);
        if (change.ToSoap12)
            Begin12("Detail");
        else
            writer.WriteStartElement("", "detail", "");
        copy.CopyOtherAttributes(reader);
        // In SOAP 1.1 it is in no namespace; names without prefix in what it contains keep the one they had.
        var inherited = change.ToSoap12 ? null : reader.LookupNamespace("");
        copy.CopyChildren(reader, child => copy.CopyElement(child, defaultNamespace: inherited));
        writer.WriteEndElement();
    }

    XElement? Part(string name) => _parts.GetValueOrDefault(name);

    void Begin12(string name) => writer.WriteStartElement(change.Prefix, name, change.New);

    void WriteValue(string text) => writer.WriteElementString(change.Prefix, "Value", change.New, text);

    void WriteReason(XElement? reason, string? otherwise = null)
    {
        if ((reason?.Attribute(Language)?.Value ?? otherwise) is { } language)
            writer.WriteAttributeString("xml", "lang", null, language);
        writer.WriteString(reason?.Value ?? "");
    }

    /// <summary>Makes a name the text of an element that has no attributes yet.</summary>
    void WriteOwnName(XName name)
    {
        if (name.Namespace == XNamespace.None && change.ToSoap12)
            writer.WriteAttributeString("xmlns", "");
        else if (name.Namespace != XNamespace.None)
            writer.WriteAttributeString("xmlns", "code", null, name.NamespaceName);
        writer.WriteString(name.Namespace == XNamespace.None ? name.LocalName : $"code:{name.LocalName}");
    }

    /// <summary>The qualified name that is an element's text; null where it is none or its prefix is not declared.</summary>
    XName? NameIn(XElement? holder)
    {
        var text = holder?.Value.Trim() ?? "";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var local = text[(colon + 1)..];
        if (colon == 0 || !XmlReader.IsName(local) || local.Contains(':', StringComparison.Ordinal))
            return null;
        var prefix = colon < 0 ? "" : text[..colon];
        var declaration = prefix.Length == 0 ? "xmlns" : XNamespace.Xmlns + prefix;
        var inside = holder!.AncestorsAndSelf().Attributes(declaration).FirstOrDefault();
        if (inside is not null)
            return XName.Get(local, inside.Value);
        if (_scope.TryGetValue(prefix, out var outside))
            return XName.Get(local, outside);
        return prefix.Length == 0 ? XName.Get(local) : null;
    }

    void MoveToDetail(XmlReader reader)
    {
        MoveToChild(reader, () => reader.LocalName == "Envelope");
        MoveToChild(reader, () => reader.LocalName == "Body");
        MoveToChild(reader, () => true);
        MoveToChild(reader, () => IsPart(reader, DetailName));
    }

    static void MoveToChild(XmlReader reader, Func<bool> isWanted)
    {
        reader.Read();
        while (!(reader.NodeType == XmlNodeType.Element && isWanted()))
            reader.Skip();
    }

    static string? Code12(string code11) => code11 switch
    {
        "Client" => "Sender",
        "Server" => "Receiver",
        "MustUnderstand" or "VersionMismatch" => code11,
        _ => null,
    };

    // An encoding of data that is not known (SOAP 1.2 part 1, 5.4.6) is the caller's mistake.
    static string Code11(string? code12) => code12 switch
    {
        "Sender" or "DataEncodingUnknown" => "Client",
        "MustUnderstand" or "VersionMismatch" => code12,
        _ => "Server",
    };

    static bool IsIn(XElement text, string language) =>
        text.Attribute(Language)?.Value.Trim().Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase) == true;
}
