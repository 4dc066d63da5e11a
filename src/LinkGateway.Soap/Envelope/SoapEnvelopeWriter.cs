using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>Writes envelopes as UTF-8 without byte order mark, with an XML declaration. Stateless and safe from any thread.</summary>
public static class SoapEnvelopeWriter
{
    const string Prefix = "soap";
    const string Upgrade = "up";

    static readonly string Soap12 = SoapVersion.Soap12.Namespace().NamespaceName;

    // Entitize keeps a carriage return in a value what it is; any other handling lets the reader turn it into a line feed.
    internal static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>Writes an envelope.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="version">The version of SOAP.</param>
    /// <param name="body">Writes what is inside <c>Body</c>.</param>
    /// <param name="headers">Writes the header blocks; null for an envelope without <c>Header</c>.</param>
    public static void Write(IBufferWriter<byte> output, SoapVersion version, Action<XmlWriter> body, Action<XmlWriter>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(body);
        var soap = version.Namespace().NamespaceName;
        using var writer = XmlWriter.Create(new BufferWriterStream(output), Settings);
        writer.WriteStartElement(Prefix, "Envelope", soap);
        if (headers is not null)
        {
            writer.WriteStartElement(Prefix, "Header", soap);
            headers(writer);
            writer.WriteEndElement();
        }
        writer.WriteStartElement(Prefix, "Body", soap);
        body(writer);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    /// <summary>Writes an envelope whose body is a fault, with the header blocks that belong to its code.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="version">The version of SOAP.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="headers">Writes the header blocks; null for an envelope without <c>Header</c>.</param>
    public static void WriteFault(IBufferWriter<byte> output, SoapVersion version, SoapFault fault, Action<XmlWriter>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Action<XmlWriter, SoapFault> write = version == SoapVersion.Soap11 ? Write11 : Write12;
        Write(output, version, writer => write(writer, fault), HeadersOf(version, fault) + headers);
    }

    // SOAP 1.2 part 1: a VersionMismatch tells the envelopes that are known (5.4.7), to callers of SOAP 1.1 too (appendix A); a
    // MustUnderstand tells the header blocks that are not (5.4.8).
    static Action<XmlWriter>? HeadersOf(SoapVersion version, SoapFault fault) => fault.Code switch
    {
        SoapFaultCode.VersionMismatch => WriteUpgrade,
        SoapFaultCode.MustUnderstand when version == SoapVersion.Soap12 && fault.NotUnderstood.Count > 0 =>
            writer => WriteNotUnderstood(writer, fault.NotUnderstood),
        _ => null,
    };

    static void WriteUpgrade(XmlWriter writer)
    {
        writer.WriteStartElement(Upgrade, "Upgrade", Soap12);
        foreach (var version in new[] { SoapVersion.Soap12, SoapVersion.Soap11 })
        {
            writer.WriteStartElement(Upgrade, "SupportedEnvelope", Soap12);
            WriteNameAttribute(writer, version.Namespace() + "Envelope");
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    static void WriteNotUnderstood(XmlWriter writer, IReadOnlyList<XName> names)
    {
        foreach (var name in names)
        {
            writer.WriteStartElement(Prefix, "NotUnderstood", Soap12);
            WriteNameAttribute(writer, name);
            writer.WriteEndElement();
        }
    }

    static void WriteNameAttribute(XmlWriter writer, XName name)
    {
        const string Named = "n";
        if (name.Namespace == XNamespace.None)
        {
            writer.WriteAttributeString("qname", name.LocalName);
            return;
        }
        writer.WriteAttributeString("xmlns", Named, null, name.NamespaceName);
        writer.WriteAttributeString("qname", $"{Named}:{name.LocalName}");
    }

    // WS-I BP 1.1 R1000, R1001, R1004, R1031: four children, unqualified, a code of SOAP 1.1 without dots.
    static void Write11(XmlWriter writer, SoapFault fault)
    {
        writer.WriteStartElement(Prefix, "Fault", SoapVersion.Soap11.Namespace().NamespaceName);
        writer.WriteElementString("faultcode", $"{Prefix}:{Code11(fault.Code)}");
        writer.WriteStartElement("faultstring");
        WriteReason(writer, fault);
        if (fault.Role is not null)
            writer.WriteElementString("faultactor", fault.Role);
        if (fault.Detail is not null)
        {
            writer.WriteStartElement("detail");
            fault.Detail(writer);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    static void Write12(XmlWriter writer, SoapFault fault)
    {
        var soap = SoapVersion.Soap12.Namespace().NamespaceName;
        writer.WriteStartElement(Prefix, "Fault", soap);
        writer.WriteStartElement(Prefix, "Code", soap);
        writer.WriteElementString(Prefix, "Value", soap, $"{Prefix}:{fault.Code}");
        writer.WriteEndElement();
        writer.WriteStartElement(Prefix, "Reason", soap);
        writer.WriteStartElement(Prefix, "Text", soap);
        WriteReason(writer, fault);
        writer.WriteEndElement();
        if (fault.Role is not null)
            writer.WriteElementString(Prefix, "Role", soap, fault.Role);
        if (fault.Detail is not null)
        {
            writer.WriteStartElement(Prefix, "Detail", soap);
            fault.Detail(writer);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    static void WriteReason(XmlWriter writer, SoapFault fault)
    {
        writer.WriteAttributeString("xml", "lang", null, fault.Language);
        writer.WriteString(WithoutForbidden(fault.Reason));
        writer.WriteEndElement();
    }

    static string Code11(SoapFaultCode code) => code switch
    {
        SoapFaultCode.Sender => "Client",
        SoapFaultCode.Receiver => "Server",
        _ => code.ToString(),
    };

    // A reason may quote what was sent; a fault must not fail for the same characters the message failed for.
    static string WithoutForbidden(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
        }
        return clean.ToString();
    }
}
