using System.Xml;
using System.Xml.Linq;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// A SOAP envelope that was proved whole: its version, its header blocks, and its body to be read from the bytes it came in.
/// </summary>
/// <remarks>
/// The bytes are not copied and must stay as they are while the envelope is in use. Reading is safe from several threads at once, each
/// with a reader of its own.
/// </remarks>
public sealed class SoapEnvelope
{
    readonly EnvelopeText _text;
    readonly DeviationLog? _deviations;

    SoapEnvelope(EnvelopeText text, ScannedEnvelope scan, DeviationLog? deviations)
    {
        _text = text;
        _deviations = deviations;
        Version = scan.Version;
        BodyName = scan.BodyName;
        BodyElements = scan.BodyElements;
        HasHref = scan.HasHref;
        HasEncodingStyle = scan.HasEncodingStyle;
        HasInclude = scan.HasInclude;
        Headers = ToHeaders(scan.Headers);
    }

    /// <summary>The version of SOAP the envelope is written in.</summary>
    public SoapVersion Version { get; }

    /// <summary>The header blocks in the order they came.</summary>
    public IReadOnlyList<SoapHeader> Headers { get; }

    /// <summary>The name of the first element in the body, which names the operation; null where the body is empty.</summary>
    public XName? BodyName { get; }

    /// <summary>How many elements stand in the body side by side; a document/literal message has one at most.</summary>
    public int BodyElements { get; }

    /// <summary>Whether an element of the body refers to an attachment by an <c>href</c> attribute (SwA 3, SOAP 1.1 5.4.1).</summary>
    internal bool HasHref { get; }

    /// <summary>Whether the envelope, the body or an element in it has an <c>encodingStyle</c> (SOAP 1.1 4.1.1).</summary>
    internal bool HasEncodingStyle { get; }

    /// <summary>Whether the body holds an <c>xop:Include</c> (XOP 1.0 2.1).</summary>
    internal bool HasInclude { get; }

    /// <summary>Whether the body is a fault.</summary>
    public bool IsFault => BodyName == Version.Namespace() + "Fault";

    /// <summary>Reads an envelope and proves it whole.</summary>
    /// <param name="bytes">The envelope in UTF-8 or UTF-16, with or without byte order mark.</param>
    /// <param name="charset">The charset parameter of the media type; null where there was none.</param>
    /// <param name="limits">What the envelope may cost; <see cref="EnvelopeLimits.Default"/> where null.</param>
    /// <param name="deviations">Judges and gathers deviations; where null all are accepted.</param>
    /// <returns>The envelope over <paramref name="bytes"/>.</returns>
    /// <exception cref="SoapFormatException">The bytes are no envelope, or one beyond the limits.</exception>
    public static SoapEnvelope Parse(
        ReadOnlyMemory<byte> bytes, string? charset = null, EnvelopeLimits? limits = null, DeviationLog? deviations = null)
    {
        limits ??= EnvelopeLimits.Default;
        if (bytes.Length > limits.RootBytes)
            throw new SoapFormatException(SoapFormatError.TooLarge, $"The envelope is larger than rootBytes ({limits.RootBytes} bytes).");
        var text = new EnvelopeText(bytes, charset);
        return new SoapEnvelope(text, EnvelopeScan.Run(text, limits), deviations);
    }

    /// <summary>The bytes the envelope came in, and their encoding.</summary>
    internal EnvelopeText Text => _text;

    /// <summary>Loads the whole envelope, comments and blanks included; it costs many times its bytes.</summary>
    internal XElement Load()
    {
        using var reader = _text.OpenReaderWithComments();
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
    }

    /// <summary>Whether a charset parameter names the encoding that the envelope is in.</summary>
    internal bool IsToldBy(string? charset) => _text.IsToldBy(charset);

    /// <summary>Opens a reader on the whole envelope, for stacks that read envelopes by themselves.</summary>
    /// <returns>A synchronous reader over the buffered bytes; the caller disposes it.</returns>
    public XmlReader ReadEnvelope() => _text.OpenReader();

    /// <summary>Opens a reader on the body's first element.</summary>
    /// <returns>
    /// A synchronous reader over the buffered bytes, positioned on the start of <see cref="BodyName"/>; the caller disposes it.
    /// </returns>
    /// <exception cref="InvalidOperationException">The body is empty.</exception>
    public XmlReader ReadBody()
    {
        if (BodyName is null)
            throw new InvalidOperationException("The body of the envelope is empty.");
        var reader = _text.OpenReader();
        MoveToChild(reader, "Body");
        reader.Read();
        MoveToElement(reader);
        return reader;
    }

    /// <summary>The header blocks meant for the receiver that must be understood and are not among those given.</summary>
    /// <param name="understood">The names of the blocks that are understood.</param>
    /// <returns>The blocks in the order they came.</returns>
    public IReadOnlyList<SoapHeader> NotUnderstood(IReadOnlySet<XName> understood)
    {
        ArgumentNullException.ThrowIfNull(understood);
        return [.. Headers.Where(
            header => header is { MustUnderstand: true, IsForReceiver: true } && !understood.Contains(header.Name))];
    }

    SoapHeader[] ToHeaders(IReadOnlyList<XElement> blocks)
    {
        if (blocks.Count == 0)
            return [];
        var headers = new SoapHeader[blocks.Count];
        for (var i = 0; i < headers.Length; i++)
            headers[i] = ToHeader(blocks[i]);
        return headers;
    }

    SoapHeader ToHeader(XElement element)
    {
        var soap = Version.Namespace();
        var role = element.Attribute(soap + (Version == SoapVersion.Soap11 ? "actor" : "role"))?.Value.Trim();
        if (Version == SoapVersion.Soap11 && element.Attribute(soap + "mustUnderstand")?.Value.Trim() is "true" or "false")
            _deviations?.Report(Deviation.MustUnderstandWord);
        return new SoapHeader(element, Flag(element, "mustUnderstand"), Version == SoapVersion.Soap12 && Flag(element, "relay"), role);
    }

    // Text between the elements means nothing, but must not hide those that follow: one of them may have to be understood.
    static bool MoveToElement(XmlReader reader)
    {
        while (reader.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement))
            reader.Read();
        return reader.NodeType == XmlNodeType.Element;
    }

    // WS-I BP 1.1 R1013 allows 0 and 1 alone, SOAP 1.2 part 1, 5.2.3 any xs:boolean; reading is lenient.
    bool Flag(XElement element, string name) => element.Attribute(Version.Namespace() + name)?.Value.Trim() switch
    {
        null or "0" or "false" => false,
        "1" or "true" => true,
        var value => throw new SoapFormatException(SoapFormatError.HeaderAttribute,
            $"{name} of header '{element.Name.LocalName}' is '{value}'; send 0 or 1 (WS-I BP 1.1 R1013)."),
    };

    void MoveToChild(XmlReader reader, string name)
    {
        reader.MoveToContent();
        reader.Read();
        // Skip passes over Header whole, so that a block that is itself named Body is not taken for the body. MoveToContent would stop at
        // a long run of blanks, which the reader calls text.
        while (MoveToElement(reader) && !(reader.LocalName == name && reader.NamespaceURI == Version.Namespace()))
            reader.Skip();
    }
}
