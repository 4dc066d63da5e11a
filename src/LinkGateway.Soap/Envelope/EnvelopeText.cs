using System.Text;
using System.Xml;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// The bytes of an envelope and the encoding they are in, from which any number of readers can be opened.
/// </summary>
/// <remarks>
/// WS-I BP 1.1 R1012 allows UTF-8 and UTF-16, with or without a byte order mark. The order of belief is that of RFC 7303 (byte order
/// mark, charset of the media type, then the bytes themselves and the XML declaration), except where the first bytes can be read in one
/// way only, whatever is said of them: some toolkits declare UTF-16 because their strings are, and then send UTF-8. Decoding is strict,
/// so that a broken sequence is an error here and not a replacement character in somebody's records.
/// </remarks>
sealed class EnvelopeText
{
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

    static readonly XmlReaderSettings WithComments = CommentsKept();

    readonly int _mark;

    public EnvelopeText(ReadOnlyMemory<byte> bytes, string? charset)
    {
        Bytes = bytes;
        (Encoding, _mark) = Detect(bytes.Span, charset);
        CharsetGiven = _mark > 0 || !string.IsNullOrEmpty(charset);
    }

    /// <summary>All bytes, the byte order mark included.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The bytes behind the byte order mark.</summary>
    public ReadOnlyMemory<byte> BytesBehindMark => Bytes[_mark..];

    public Encoding Encoding { get; }

    public bool IsUtf8 => Encoding == Utf8;

    /// <summary>Whether the encoding was told from outside the XML, which then outranks its declaration.</summary>
    public bool CharsetGiven { get; }

    /// <summary>Whether a charset parameter names the encoding that the bytes are in.</summary>
    public bool IsToldBy(string? charset) => charset?.Trim().ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" => Encoding == Utf8,
        "US-ASCII" => Encoding == Utf8 && Ascii.IsValid(BytesBehindMark.Span),
        "UTF-16" => Encoding != Utf8,
        "UTF-16LE" => Encoding == Utf16Little,
        "UTF-16BE" => Encoding == Utf16Big,
        _ => false,
    };

    /// <summary>Opens a reader on text that a scan has proved whole and within its limits.</summary>
    public XmlReader OpenReader() => XmlReader.Create(OpenText(), Settings);

    /// <summary>Opens a reader on proved text that does not pass over comments.</summary>
    public XmlReader OpenReaderWithComments() => XmlReader.Create(OpenText(), WithComments);

    /// <summary>Opens a reader that stops with a refusal before it takes in markup beyond the limits.</summary>
    public XmlReader OpenReader(EnvelopeLimits limits) => XmlReader.Create(new MarkupMeter(OpenText(), limits, Where), Settings);

    /// <summary>The place of the first bytes that are none of this encoding; null where all are.</summary>
    public int? FirstBrokenByte()
    {
        try
        {
            Encoding.GetCharCount(BytesBehindMark.Span);
            return null;
        }
        catch (DecoderFallbackException e)
        {
            return _mark + e.Index;
        }
    }

    static XmlReaderSettings CommentsKept()
    {
        var settings = Settings.Clone();
        settings.IgnoreComments = false;
        return settings;
    }

    string Where(long at)
    {
        using var text = OpenText();
        var block = new char[1024];
        var (line, position, last) = (1, 1, '\0');
        while (at > 0)
        {
            var read = text.Read(block, 0, (int)Math.Min(block.Length, at));
            at -= read;
            foreach (var c in block.AsSpan(0, read))
            {
                if (c is '\r' || (c is '\n' && last is not '\r'))
                    (line, position) = (line + 1, 1);
                else if (c is not '\n')
                    position++;
                last = c;
            }
        }
        return $"line {line}, position {position}";
    }

    // Decoding here makes the reader ignore the encoding of the XML declaration, which the scan then judges by itself.
    EnvelopeChars OpenText() => new(BytesBehindMark, Encoding);

    static (Encoding Encoding, int Mark) Detect(ReadOnlySpan<byte> bytes, string? charset) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, ..] => (Utf16Little, 2),
        [0xFE, 0xFF, ..] => (Utf16Big, 2),
        [0x3C, 0x00, ..] => (Utf16Little, 0),
        [0x00, 0x3C, ..] => (Utf16Big, 0),
        _ => (FromCharset(charset, beginsAsUtf8: bytes is [0x3C, ..]), 0),
    };

    static Encoding FromCharset(string? charset, bool beginsAsUtf8) => charset?.Trim().ToUpperInvariant() switch
    {
        null or "" or "UTF-8" or "UTF8" or "US-ASCII" => Utf8,
        // Taken as UTF-16, this '<' would be half of a character that no XML begins with.
        "UTF-16" or "UTF-16BE" or "UTF-16LE" when beginsAsUtf8 => Utf8,
        // RFC 2781 4.3: without a mark, UTF-16 is big-endian; bytes that begin with '<' were recognised before.
        "UTF-16" or "UTF-16BE" => Utf16Big,
        "UTF-16LE" => Utf16Little,
        _ => throw new SoapFormatException(SoapFormatError.Encoding,
            $"The charset '{charset}' is not supported; send the envelope as UTF-8 or UTF-16 (WS-I BP 1.1 R1012)."),
    };
}
