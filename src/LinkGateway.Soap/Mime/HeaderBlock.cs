using System.Buffers;
using System.Text;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Mime;

/// <summary>Gathers the header lines of one part within the limits and turns them into headers.</summary>
sealed class HeaderBlock(MultipartInput input)
{
    readonly List<(string Name, ArrayBufferWriter<byte> Value)> _headers = [];

    /// <summary>Takes one line.</summary>
    /// <param name="rawLine">The line with its line end.</param>
    /// <param name="at">Where in the message it begins, for errors.</param>
    /// <returns>False for the empty line that ends the headers.</returns>
    /// <exception cref="MimeFormatException">The line is no header line, or there are too many headers.</exception>
    public bool Add(ReadOnlySpan<byte> rawLine, long at)
    {
        var lineEnd = rawLine.EndsWith("\r\n"u8) ? 2 : 1;
        if (lineEnd == 1)
            input.Report(Deviation.BareLineFeed, at);
        var line = rawLine[..^lineEnd];
        if (line.IsEmpty)
            return false;
        // A lone CR would end the line for some readers of a relayed header (pitfall 35).
        if (line.ContainsAny((byte)'\r', (byte)'\0'))
            throw input.HeaderMalformed(at, "a line holds a CR or NUL byte");
        if (!Ascii.IsValid(line))
            input.Report(Deviation.HeaderNotAscii, at);
        if (line[0] is (byte)' ' or (byte)'\t')
            Continue(line, at);
        else
            Begin(line, at);
        return true;
    }

    /// <summary>The headers gathered.</summary>
    public MimeHeaders ToHeaders()
    {
        var headers = new MimeHeaders();
        foreach (var (name, value) in _headers)
            headers.Add(MimeHeader.Received(name, value.WrittenSpan.Trim(" \t\r\n"u8).ToArray()));
        return headers;
    }

    void Begin(ReadOnlySpan<byte> line, long at)
    {
        var colon = line.IndexOf((byte)':');
        // RFC 5322 4.5: older senders leave blanks between name and colon.
        var name = colon < 0 ? "" : Encoding.Latin1.GetString(line[..colon].TrimEnd(" \t"u8));
        if (!MimeTokens.IsHeaderName(name))
            throw input.HeaderMalformed(at, "a line does not begin with a name and a colon");
        if (name.Length < colon)
            input.Report(Deviation.HeaderNameBlank, at);
        if (_headers.Count == input.Options.PartHeaders)
            throw input.TooManyHeaders(at);
        var value = new ArrayBufferWriter<byte>(line.Length);
        value.Write(line[(colon + 1)..]);
        _headers.Add((name, value));
    }

    void Continue(ReadOnlySpan<byte> line, long at)
    {
        if (_headers.Count == 0)
            throw input.HeaderMalformed(at, "the first line begins with a blank");
        var value = _headers[^1].Value;
        value.Write("\r\n"u8);
        value.Write(line);
    }
}
