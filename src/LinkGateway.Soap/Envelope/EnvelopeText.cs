using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// The bytes of an envelope and the encoding they are in, from which any number of readers can be opened.
/// </summary>
/// <remarks>
/// WS-I BP 1.1 R1012 allows UTF-8 and UTF-16, with or without a byte order mark. The order of belief is that of RFC 7303: byte order
/// mark, charset of the media type, then the bytes themselves and the XML declaration. Decoding is strict, so that a broken sequence is
/// an error here and not a replacement character in somebody's records.
/// </remarks>
sealed class EnvelopeText
{
    // Decoding here makes the reader ignore the encoding of the XML declaration, which the scan then judges by itself.
    const int CharBuffer = 4096;

    static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly Encoding Utf16Little = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    static readonly Encoding Utf16Big = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        CloseInput = true,
    };

    readonly ArraySegment<byte> _bytes;

    public EnvelopeText(ReadOnlyMemory<byte> bytes, string? charset)
    {
        (Encoding, var mark) = Detect(bytes.Span, charset);
        var text = bytes[mark..];
        _bytes = MemoryMarshal.TryGetArray(text, out var segment) ? segment : text.ToArray();
        CharsetGiven = mark > 0 || !string.IsNullOrEmpty(charset);
    }

    public Encoding Encoding { get; }

    /// <summary>Whether the encoding was told from outside the XML, which then outranks its declaration.</summary>
    public bool CharsetGiven { get; }

    public XmlReader OpenReader()
    {
        var stream = new MemoryStream(_bytes.Array!, _bytes.Offset, _bytes.Count, writable: false);
        return XmlReader.Create(new StreamReader(stream, Encoding, detectEncodingFromByteOrderMarks: false, CharBuffer), Settings);
    }

    /// <summary>Whether the text before the root element holds a document type declaration: tells why the XML reader stopped.</summary>
    public bool PrologHasDocumentType()
    {
        const int Enough = 4096;
        // The cut may fall into a character, and what stopped the reader may be a broken one.
        var lenient = (Encoding)Encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient.GetString(_bytes.AsSpan(0, Math.Min(_bytes.Count, Enough))).Contains("<!DOCTYPE", StringComparison.Ordinal);
    }

    static (Encoding Encoding, int Mark) Detect(ReadOnlySpan<byte> bytes, string? charset) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, ..] => (Utf16Little, 2),
        [0xFE, 0xFF, ..] => (Utf16Big, 2),
        [0x3C, 0x00, ..] => (Utf16Little, 0),
        [0x00, 0x3C, ..] => (Utf16Big, 0),
        _ => (FromCharset(charset), 0),
    };

    static Encoding FromCharset(string? charset) => charset?.Trim().ToUpperInvariant() switch
    {
        null or "" or "UTF-8" or "UTF8" or "US-ASCII" => Utf8,
        // RFC 2781 4.3: without a mark, UTF-16 is big-endian; bytes that begin with '<' were recognised before.
        "UTF-16" or "UTF-16BE" => Utf16Big,
        "UTF-16LE" => Utf16Little,
        _ => throw new SoapFormatException(SoapFormatError.Encoding,
            $"The charset '{charset}' is not supported; send the envelope as UTF-8 or UTF-16."),
    };
}
