using System.Buffers;
using System.Xml;
using System.Xml.Linq;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Writes an envelope anew in the other version of SOAP. Every namespace declaration stays where it is, that of the old version included,
/// because names in content (<c>xsi:type="p:x"</c>) may need any of them; the new version gets a prefix of its own.
/// </summary>
sealed class VersionConversion
{
    const string Next11 = "http://schemas.xmlsoap.org/soap/actor/next";
    const string NoEncoding12 = "http://www.w3.org/2003/05/soap-envelope/encoding/none";

    readonly SoapVersion _to;
    readonly XNamespace _old;
    readonly XNamespace _new;

    VersionConversion(SoapVersion from, SoapVersion to)
    {
        _to = to;
        _old = from.Namespace();
        _new = to.Namespace();
    }

    bool ToSoap12 => _to == SoapVersion.Soap12;

    public static ReadOnlyMemory<byte> Convert(SoapEnvelope envelope, SoapVersion to)
    {
        if (envelope.Version == to)
            throw new ArgumentException("The envelope is of this version of SOAP already.", nameof(to));
        var root = envelope.Load();
        new VersionConversion(envelope.Version, to).Convert(root);
        var output = new ArrayBufferWriter<byte>(envelope.Text.Bytes.Length + 512);
        using (var writer = XmlWriter.Create(new BufferWriterStream(output), SoapEnvelopeWriter.Settings))
            root.WriteTo(writer);
        return output.WrittenMemory;
    }

    void Convert(XElement root)
    {
        root.Add(new XAttribute(XNamespace.Xmlns + FreePrefix(root), _new.NamespaceName));
        var body = root.Element(_old + "Body")!;
        if (root.Element(_old + "Header") is { } header)
        {
            header.Name = _new + "Header";
            HandDownEncodingStyle(root, header);
            ConvertBlocks(header);
        }
        HandDownEncodingStyle(root, body);
        root.Attribute(_old + "encodingStyle")?.Remove();
        foreach (var element in root.Descendants())
            ReplaceAttribute(element, _old + "encodingStyle", _new + "encodingStyle", EncodingStyle);
        root.Name = _new + "Envelope";
        body.Name = _new + "Body";
        if (body.Elements().FirstOrDefault() is { } first && first.Name == _old + "Fault")
            new FaultConversion(_old, _new).Replace(first, ToSoap12);
    }

    void ConvertBlocks(XElement header)
    {
        // SOAP 1.2 part 1, 5.4.8: it explains a fault, and SOAP 1.1 has no place for it.
        if (!ToSoap12)
            header.Elements(_old + "NotUnderstood").Remove();
        foreach (var block in header.Elements())
        {
            ReplaceAttribute(block, _old + "mustUnderstand", _new + "mustUnderstand", MustUnderstand);
            ReplaceAttribute(block, _old + (ToSoap12 ? "actor" : "role"), _new + (ToSoap12 ? "role" : "actor"), Role);
            if (!ToSoap12)
                block.Attribute(_old + "relay")?.Remove();
        }
    }

    // SOAP 1.2 part 1, 5.1.1: not on Envelope, Header, Body and Fault; on what they contain it means the same.
    void HandDownEncodingStyle(XElement root, XElement container)
    {
        var name = _old + "encodingStyle";
        var style = container.Attribute(name) ?? root.Attribute(name);
        container.Attribute(name)?.Remove();
        if (style is null)
            return;
        foreach (var child in container.Elements().Where(child => child.Name != _old + "Fault" && child.Attribute(name) is null))
            child.SetAttributeValue(name, style.Value);
    }

    string EncodingStyle(string value) => (ToSoap12, value.Trim()) switch
    {
        // SOAP 1.1 4.1.1: the empty value makes no claim.
        (true, "") => NoEncoding12,
        (false, NoEncoding12) => "",
        _ => value,
    };

    string MustUnderstand(string value) => value.Trim() is "1" or "true" ? ToSoap12 ? "true" : "1" : ToSoap12 ? "false" : "0";

    string? Role(string value) => value.Trim() switch
    {
        // No attribute means the ultimate receiver in both versions.
        "" or "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver" => null,
        Next11 when ToSoap12 => "http://www.w3.org/2003/05/soap-envelope/role/next",
        "http://www.w3.org/2003/05/soap-envelope/role/next" when !ToSoap12 => Next11,
        _ => value,
    };

    // Free everywhere: an element that gives the prefix to another namespace could not be written with it.
    string FreePrefix(XElement root)
    {
        var taken = root.DescendantsAndSelf().Attributes().Where(attribute => attribute.IsNamespaceDeclaration)
            .Select(attribute => attribute.Name.LocalName).ToHashSet();
        var wanted = ToSoap12 ? "env" : "soapenv";
        var prefix = wanted;
        for (var i = 1; taken.Contains(prefix); i++)
            prefix = $"{wanted}{i}";
        return prefix;
    }

    /// <summary>Renames an attribute in its place; removes it where its new value is null.</summary>
    static void ReplaceAttribute(XElement element, XName old, XName replacement, Func<string, string?> newValue)
    {
        if (element.Attribute(old) is not { } found)
            return;
        var value = newValue(found.Value);
        element.ReplaceAttributes(element.Attributes().Where(attribute => attribute.Name != replacement)
            .Select(attribute => attribute != found ? attribute : value is null ? null : new XAttribute(replacement, value)).ToArray());
    }
}
