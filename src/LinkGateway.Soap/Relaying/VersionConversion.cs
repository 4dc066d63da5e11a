using System.Buffers;
using System.Xml;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Writes an envelope anew in the other version of SOAP. Every namespace declaration stays where it is, that of the old version included,
/// because names in content (<c>xsi:type="p:x"</c>) may need any of them; the new version gets a prefix of its own.
/// </summary>
static class VersionConversion
{
    public static ReadOnlyMemory<byte> Convert(SoapEnvelope envelope, SoapVersion to)
    {
        if (envelope.Version == to)
            throw new ArgumentException("The envelope is of this version of SOAP already.", nameof(to));
        var change = new VersionChange(envelope.Version, to, FreePrefix(envelope, to == SoapVersion.Soap12 ? "env" : "soapenv"));
        var output = new ArrayBufferWriter<byte>(envelope.Text.Bytes.Length + 512);
        using (var reader = envelope.Text.OpenReaderWithComments())
        using (var writer = XmlWriter.Create(new BufferWriterStream(output), SoapEnvelopeWriter.Settings))
            Convert(envelope, reader, writer, change);
        return output.WrittenMemory;
    }

    static void Convert(SoapEnvelope envelope, XmlReader reader, XmlWriter writer, VersionChange change)
    {
        var copy = new ConvertingCopy(writer, change);
        while (reader.NodeType != XmlNodeType.Element)
            reader.Read();
        var awaitsFault = envelope.IsFault;
        var style = copy.BeginSoapElement(reader, "Envelope");
        copy.CopyChildren(reader, child =>
        {
            var isHeader = child.LocalName == "Header";
            var inner = copy.BeginSoapElement(child, child.LocalName) ?? style;
            copy.CopyChildren(child, element =>
            {
                // SOAP 1.2 part 1, 5.4.8: it explains a fault, and SOAP 1.1 has no place for it.
                if (isHeader && element.NamespaceURI == change.Old && element.LocalName == "NotUnderstood")
                    Pass(element);
                else if (isHeader || !awaitsFault)
                    copy.CopyElement(element, inner, isHeader);
                else
                    new FaultConversion(envelope, writer, change, copy).Convert(element);
                awaitsFault &= isHeader;
            });
            writer.WriteEndElement();
        });
        writer.WriteEndElement();
    }

    /// <summary>Passes over an element, and leaves the reader on its end.</summary>
    static void Pass(XmlReader reader)
    {
        using var element = reader.ReadSubtree();
        while (element.Read())
        {
            // Nothing in it is of use.
        }
    }

    // Free everywhere: an element that gives the prefix to another namespace could not be written with it. Which are taken is gathered in
    // one pass, for an envelope may declare any number of them.
    static string FreePrefix(SoapEnvelope envelope, string wanted)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        using var reader = envelope.Text.OpenReader();
        while (reader.Read())
        {
            while (reader.MoveToNextAttribute())
            {
                if (reader.Prefix == "xmlns" && reader.LocalName.StartsWith(wanted, StringComparison.Ordinal))
                    taken.Add(reader.LocalName);
            }
        }
        var prefix = wanted;
        for (var i = 1; taken.Contains(prefix); i++)
            prefix = $"{wanted}{i}";
        return prefix;
    }
}
