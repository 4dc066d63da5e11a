using System.Buffers;
using System.Globalization;
using System.Text;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Where the root part lies in the head of a multipart message, and how another envelope is put into its place. Other parts, and the root
/// part's other headers, keep their bytes.
/// </summary>
sealed class RootPart(MediaType message, MediaType type, MimePart part, int contentEnd)
{
    readonly bool _isEncoded = part.TransferEncoding is "base64" or "quoted-printable";

    bool IsXop => type.Essence == SoapMediaType.Xop;

    /// <summary>The message's head with another envelope, in pieces.</summary>
    /// <param name="head">The head as it came.</param>
    /// <param name="envelope">The new envelope.</param>
    /// <param name="newType">The part's new Content-Type; null where it stays.</param>
    public ReadOnlyMemory<byte>[] Replace(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> envelope, string? newType)
    {
        var (content, encoding) = Encode(envelope, keepsType: newType is null);
        var (headersAt, contentAt) = ((int)part.HeadersAt, (int)part.ContentAt);
        var headers = RewriteHeaders(head.Span[headersAt..contentAt], newType, encoding, content.Length);
        return [head[..headersAt], headers, content, head[contentEnd..]];
    }

    /// <summary>The root part's Content-Type for an envelope of a version.</summary>
    public MediaType TypeFor(SoapVersion version, string? action) => IsXop
        ? type.With("charset", "utf-8").With("type", version.MediaType())
        : OutgoingMessage.EnvelopeType(version, action);

    /// <summary>The whole message's Content-Type for an envelope of a version.</summary>
    public MediaType MessageTypeFor(SoapVersion version, string? action)
    {
        var stated = IsXop ? message : message.With("type", version.MediaType());
        // XOP 1.0 4.1: start-info is the type of the envelope inside the package.
        if (IsXop || stated.Parameter("start-info") is not null)
            stated = stated.With("start-info", version.MediaType());
        return stated.With("action", version == SoapVersion.Soap12 ? action : null);
    }

    (ReadOnlyMemory<byte> Content, string? TransferEncoding) Encode(ReadOnlyMemory<byte> envelope, bool keepsType)
    {
        // Decoded or written anew, an envelope may hold a line that would end its part; in base64 no line begins with a dash.
        if (envelope.Span.IndexOf(Encoding.ASCII.GetBytes("--" + message.Parameter("boundary"))) >= 0)
        {
            var text = Convert.ToBase64String(envelope.Span, Base64FormattingOptions.InsertLineBreaks);
            return (Encoding.ASCII.GetBytes(text), "base64");
        }
        if (part.TransferEncoding is "8bit" or "binary" || (keepsType && !_isEncoded))
            return (envelope, null);
        // RFC 2045 2.8: 8bit holds no NUL, which UTF-16 is full of.
        return (envelope, envelope.Span.Contains((byte)0) ? "binary" : "8bit");
    }

    static byte[] RewriteHeaders(ReadOnlySpan<byte> block, string? type, string? encoding, int length)
    {
        var output = new ArrayBufferWriter<byte>(block.Length + 128);
        var encodingSeen = encoding is null;
        while (HeaderLength(block) is > 0 and var headerLength)
        {
            var header = block[..headerLength];
            block = block[headerLength..];
            var name = Encoding.ASCII.GetString(header[..header.IndexOf((byte)':')]).TrimEnd(' ', '\t').ToUpperInvariant();
            var value = name switch
            {
                "CONTENT-TYPE" => type,
                "CONTENT-TRANSFER-ENCODING" => encoding,
                // Some toolkits state the length of a part; a wrong one would cut the part for those who believe it.
                "CONTENT-LENGTH" => length.ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
            encodingSeen |= name == "CONTENT-TRANSFER-ENCODING";
            if (value is null)
                output.Write(header);
            else
                WriteHeader(output, header[..header.IndexOf((byte)':')], value, LineEnd(header));
        }
        if (!encodingSeen)
            WriteHeader(output, "Content-Transfer-Encoding"u8, encoding!, LineEnd(block));
        output.Write(block);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The bytes of the first header with its folds; 0 where only the empty line is left.</summary>
    static int HeaderLength(ReadOnlySpan<byte> block)
    {
        if (block is [(byte)'\n', ..] or [(byte)'\r', (byte)'\n', ..])
            return 0;
        var end = 0;
        do
        {
            end += block[end..].IndexOf((byte)'\n') + 1;
        }
        while (block[end] is (byte)' ' or (byte)'\t');
        return end;
    }

    static ReadOnlySpan<byte> LineEnd(ReadOnlySpan<byte> line) => line.EndsWith("\r\n"u8) ? "\r\n"u8 : "\n"u8;

    static void WriteHeader(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, string value, ReadOnlySpan<byte> lineEnd)
    {
        output.Write(name);
        output.Write(": "u8);
        Encoding.Latin1.GetBytes(value, output);
        output.Write(lineEnd);
    }
}
