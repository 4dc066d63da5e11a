using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// One pass over an envelope that proves it whole before anything acts on it: well-formed to the last byte, of a known version, shaped
/// as Envelope(Header?, Body), within its limits, without document type and processing instructions.
/// </summary>
sealed class EnvelopeScan
{
    const string XopNamespace = "http://www.w3.org/2004/08/xop/include";

    readonly EnvelopeText _text;
    readonly EnvelopeLimits _limits;
    readonly HeaderBlocks _headers = new();
    int _nodes;
    bool _headerSeen;
    int _headerNodes;

    EnvelopeScan(EnvelopeText text, EnvelopeLimits limits)
    {
        _text = text;
        _limits = limits;
    }

    SoapVersion Version { get; set; }

    XName? BodyName { get; set; }

    int BodyElements { get; set; }

    bool HasHref { get; set; }

    bool HasInclude { get; set; }

    bool HasEncodingStyle { get; set; }

    /// <summary>Scans an envelope.</summary>
    /// <exception cref="SoapFormatException">The bytes are no envelope, or one beyond the limits.</exception>
    public static ScannedEnvelope Run(EnvelopeText text, EnvelopeLimits limits) =>
        (text.IsUtf8 ? PlainScan.TryRun(text.BytesBehindMark.Span, limits) : null) ?? RunByReader(text, limits);

    /// <summary>Scans an envelope of whatever kind.</summary>
    /// <exception cref="SoapFormatException">The bytes are no envelope, or one beyond the limits.</exception>
    public static ScannedEnvelope RunByReader(EnvelopeText text, EnvelopeLimits limits)
    {
        var scan = new EnvelopeScan(text, limits);
        try
        {
            // Opening decodes the first characters already.
            using var reader = text.OpenReader(limits);
            scan.Run(reader);
        }
        catch (XmlException e)
        {
            throw Refuse(SoapFormatError.NotWellFormed,
                $"The envelope is not well-formed XML at line {e.LineNumber}, position {e.LinePosition}.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw Refuse(SoapFormatError.Encoding,
                $"The envelope is not valid {text.Encoding.WebName.ToUpperInvariant()} at byte {text.FirstBrokenByte()} "
                + "(WS-I BP 1.1 R1012).", e);
        }
        return scan.Found();
    }

    ScannedEnvelope Found() => new()
    {
        Version = Version,
        BodyName = BodyName,
        BodyElements = BodyElements,
        Headers = _headers.All,
        HasHref = HasHref,
        HasInclude = HasInclude,
        HasEncodingStyle = HasEncodingStyle,
    };

    void Run(XmlReader reader)
    {
        while (Next(reader) && reader.NodeType != XmlNodeType.Element)
            CheckDeclaration(reader);
        var soap = EnterEnvelope(reader);
        var envelopeIsEmpty = reader.IsEmptyElement;
        NoteEncodingStyle(reader, soap);
        var bodySeen = false;
        while (!envelopeIsEmpty && Next(reader) && reader.Depth > 0)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                throw Refuse(SoapFormatError.NotAnEnvelope,
                    $"Text stands directly inside Envelope at {Where(reader)}; only Header and Body may (SOAP 1.1 4).");
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (bodySeen)
                throw Refuse(SoapFormatError.ContentAfterBody,
                    $"Element '{reader.LocalName}' follows Body at {Where(reader)} (WS-I BP 1.1 R1011).");
            if (reader.LocalName == "Body" && reader.NamespaceURI == soap)
            {
                bodySeen = true;
                PassBody(reader, soap);
            }
            else if (reader.LocalName == "Header" && reader.NamespaceURI == soap && !_headerSeen)
            {
                PassHeaders(reader);
            }
            else
            {
                throw Refuse(SoapFormatError.NotAnEnvelope,
                    $"Element '{reader.LocalName}' stands where Header or Body is expected, at {Where(reader)} (SOAP 1.1 4).");
            }
        }
        if (!bodySeen)
            throw Refuse(SoapFormatError.NotAnEnvelope, "The envelope has no Body (SOAP 1.1 4).");
        while (Next(reader))
        {
            // Only blanks and comments can follow the root element; the reader proves it.
        }
    }

    string EnterEnvelope(XmlReader reader)
    {
        if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Envelope")
            throw Refuse(SoapFormatError.NotAnEnvelope, $"The root element '{reader.LocalName}' is not a SOAP Envelope (SOAP 1.1 4).");
        Version = SoapVersionExtensions.FromNamespace(reader.NamespaceURI) ?? throw Refuse(SoapFormatError.VersionMismatch,
            $"The envelope's namespace at {Where(reader)} is neither '{SoapVersion.Soap11.Namespace()}' (SOAP 1.1) "
            + $"nor '{SoapVersion.Soap12.Namespace()}' (SOAP 1.2).");
        return reader.NamespaceURI;
    }

    void PassBody(XmlReader reader, string soap)
    {
        NoteEncodingStyle(reader, soap);
        if (reader.IsEmptyElement)
            return;
        while (Next(reader) && reader.Depth > 1)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.Depth == 2)
            {
                BodyName ??= XName.Get(reader.LocalName, reader.NamespaceURI);
                BodyElements++;
            }
            NoteReference(reader);
            NoteEncodingStyle(reader, soap);
        }
    }

    void NoteEncodingStyle(XmlReader reader, string soap) =>
        HasEncodingStyle |= reader.HasAttributes && reader.GetAttribute("encodingStyle", soap) is not null;

    void NoteReference(XmlReader reader)
    {
        if (reader.LocalName == "Include" && reader.NamespaceURI == XopNamespace)
            HasInclude = true;
        else if (reader.HasAttributes && reader.GetAttribute("href") is not null)
            HasHref = true;
    }

    void PassHeaders(XmlReader reader)
    {
        _headerSeen = true;
        if (reader.IsEmptyElement)
            return;
        while (Next(reader) && reader.Depth > 1)
        {
            _headerNodes += NodesOf(reader);
            if (_headerNodes > _limits.HeaderNodes)
                throw Refuse(SoapFormatError.TooManyHeaderNodes,
                    $"The header blocks have more than headerNodes ({_limits.HeaderNodes}) nodes at {Place(reader)}.");
            _headers.Take(reader);
        }
    }

    bool Next(XmlReader reader)
    {
        if (!reader.Read())
            return false;
        switch (reader.NodeType)
        {
            case XmlNodeType.EndElement:
                return true;
            case XmlNodeType.ProcessingInstruction:
                throw Refuse(SoapFormatError.ProcessingInstruction,
                    $"The envelope has the processing instruction '{reader.Name}' at {Where(reader)} "
                        + "(WS-I BP 1.1 R1009); send it without.");
            case XmlNodeType.Element:
                CheckNames(reader);
                break;
        }
        if (reader.Depth >= _limits.EnvelopeDepth)
            throw Refuse(SoapFormatError.TooDeep,
                $"The envelope's elements are nested deeper than envelopeDepth ({_limits.EnvelopeDepth}) at {Place(reader)}.");
        _nodes += NodesOf(reader);
        if (_nodes > _limits.EnvelopeNodes)
            throw Refuse(SoapFormatError.TooManyNodes,
                $"The envelope has more than envelopeNodes ({_limits.EnvelopeNodes}) nodes at {Place(reader)}.");
        return true;
    }

    void CheckNames(XmlReader reader)
    {
        // Namespaces in XML 1.0, 3: no element has this prefix. The reader lets it pass, and no writer writes it again.
        if (reader.Prefix == "xmlns")
            throw Refuse(SoapFormatError.NotWellFormed,
                $"The element '{reader.Name}' at {Where(reader)} has a prefix that XML reserves; use another one.");
        // A namespace may be repeated in answers and logs wherever a name in it is.
        if (reader.NamespaceURI.Length > _limits.NamespaceLength)
            throw Refuse(SoapFormatError.NameTooLong,
                $"The namespace of element '{reader.LocalName}' at {Where(reader)} is longer than "
                + $"namespaceLength ({_limits.NamespaceLength}).");
    }

    static int NodesOf(XmlReader reader) => reader.NodeType == XmlNodeType.EndElement ? 0 : 1 + reader.AttributeCount;

    static string Where(XmlReader reader)
    {
        var place = (IXmlLineInfo)reader;
        return $"line {place.LineNumber}, position {place.LinePosition}";
    }

    static string Place(XmlReader reader) =>
        reader.NodeType == XmlNodeType.Element ? $"element '{reader.LocalName}', {Where(reader)}" : Where(reader);

    void CheckDeclaration(XmlReader reader)
    {
        if (reader.NodeType != XmlNodeType.XmlDeclaration || _text.CharsetGiven || reader.GetAttribute("encoding") is not { } declared)
            return;
        var known = declared.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII" or "UTF-16" or "UTF-16LE" or "UTF-16BE";
        if (!known)
            throw Refuse(SoapFormatError.Encoding,
                $"The envelope declares the encoding '{declared}'; send it as UTF-8 or UTF-16 (WS-I BP 1.1 R1012).");
    }

    static SoapFormatException Refuse(SoapFormatError error, string message, Exception? inner = null) => new(error, message, inner);
}
