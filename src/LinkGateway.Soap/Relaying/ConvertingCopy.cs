using System.Xml;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Copies XML from a reader to a writer, each name with the prefix it came with, and writes only the attributes of SOAP in the other
/// version. Streaming keeps the work linear: an object model searches all declarations in scope for every prefix.
/// </summary>
sealed class ConvertingCopy(XmlWriter writer, VersionChange change)
{
    const string EncodingStyle = "encodingStyle";

    /// <summary>Begins an element of SOAP itself in the new version, with the attributes of the one that the reader is on.</summary>
    /// <returns>Its encodingStyle, which cannot stay on it (SOAP 1.2 part 1, 5.1.1) and is to stand on what it contains.</returns>
    public string? BeginSoapElement(XmlReader reader, string name)
    {
        writer.WriteStartElement(change.Prefix, name, change.New);
        return CopyOtherAttributes(reader);
    }

    /// <summary>Copies all attributes but those of SOAP itself.</summary>
    /// <returns>The encodingStyle, if it is there.</returns>
    public string? CopyOtherAttributes(XmlReader reader)
    {
        var style = reader.GetAttribute(EncodingStyle, change.Old);
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != change.Old && reader.NamespaceURI != change.New)
                CopyAttribute(reader);
        }
        reader.MoveToElement();
        return style;
    }

    /// <summary>Copies what is inside the element that the reader is on, and leaves the reader on its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="copyElement">Copies an element, and leaves the reader on its end.</param>
    public void CopyChildren(XmlReader reader, Action<XmlReader> copyElement)
    {
        if (reader.IsEmptyElement)
            return;
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
                copyElement(reader);
            else
                CopyText(reader);
        }
    }

    /// <summary>Copies an element with all that is in it, and leaves the reader on its end.</summary>
    /// <param name="reader">A reader on the element.</param>
    /// <param name="style">The encodingStyle it has if it says none itself.</param>
    /// <param name="isBlock">Whether it is a header block.</param>
    /// <param name="defaultNamespace">The default namespace to declare on it if it declares none itself; null for none.</param>
    public void CopyElement(XmlReader reader, string? style = null, bool isBlock = false, string? defaultNamespace = null)
    {
        var depth = reader.Depth;
        Begin(reader, style, isBlock, defaultNamespace);
        if (reader.IsEmptyElement)
        {
            writer.WriteEndElement();
            return;
        }
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.EndElement)
            {
                writer.WriteFullEndElement();
            }
            else if (reader.NodeType != XmlNodeType.Element)
            {
                CopyText(reader);
            }
            else
            {
                Begin(reader, style: null, isBlock: false, defaultNamespace: null);
                if (reader.IsEmptyElement)
                    writer.WriteEndElement();
            }
        }
        writer.WriteFullEndElement();
    }

    void Begin(XmlReader reader, string? style, bool isBlock, string? defaultNamespace)
    {
        writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        if (style is not null && reader.GetAttribute(EncodingStyle, change.Old) is null)
            WriteSoapAttribute(EncodingStyle, change.EncodingStyle(style));
        if (!string.IsNullOrEmpty(defaultNamespace) && reader.GetAttribute("xmlns") is null)
            writer.WriteAttributeString("xmlns", defaultNamespace);
        while (reader.MoveToNextAttribute())
        {
            var isOld = reader.NamespaceURI == change.Old;
            if (isOld && reader.LocalName == EncodingStyle)
                WriteSoapAttribute(EncodingStyle, change.EncodingStyle(reader.Value));
            else if (isOld && isBlock && change.IsBlockAttribute(reader.LocalName))
                WriteBlockAttribute(reader);
            else if (reader.NamespaceURI != change.New)
                CopyAttribute(reader);
        }
        reader.MoveToElement();
    }

    void WriteBlockAttribute(XmlReader reader)
    {
        if (change.BlockAttribute(reader.LocalName, reader.Value) is var (name, value))
            WriteSoapAttribute(name, value);
    }

    void WriteSoapAttribute(string name, string value) => writer.WriteAttributeString(change.Prefix, name, change.New, value);

    void CopyAttribute(XmlReader reader) =>
        writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);

    void CopyText(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.Comment)
            writer.WriteComment(reader.Value);
        else if (reader.NodeType == XmlNodeType.CDATA)
            writer.WriteCData(reader.Value);
        else
            writer.WriteString(reader.Value);
    }
}
