using System.Text;
using LinkGateway.Soap.Fuzz.Corpus;

namespace LinkGateway.Soap.Fuzz.Mutation;

/// <summary>Changes to boundaries, line ends and whole parts.</summary>
static class MultipartMutations
{
    public static Func<WireMessage, Chance, WireMessage>[] All { get; } =
        [ChangeBoundary, ChangeBoundary, Preamble, Epilogue, LineEnds, RepeatPart, MovePart, Encode];

    static WireMessage ChangeBoundary(WireMessage message, Chance chance) => AtBoundary(message, chance, (text, line) =>
    {
        var end = line + 2 + message.Boundary!.Length;
        var (before, boundary, after) = (text[..line], text[line..end], text[end..]);
        return chance.Below(12) switch
        {
            0 => before + boundary + new string(chance.Of(' ', '\t'), chance.Length(400)) + after,
            1 => before + after,
            2 => before + boundary + "\r\n" + boundary + after,
            3 => before + boundary + "--" + after,
            4 => before + boundary + after.TrimStart('-'),
            5 => before + chance.Of("x", "-", "\t", "\r", " ") + boundary + after,
            6 => before + boundary.ToUpperInvariant() + after,
            7 => before + boundary + chance.Of("x", "-", "--x", ":", "\0") + after,
            8 => before + boundary[..^1] + after,
            9 => before.TrimEnd('\r', '\n') + boundary + after,
            10 => before + boundary + "\r\n\r\n" + text[line..],
            _ => before + boundary + after.TrimStart('\r', '\n'),
        };
    });

    static WireMessage Preamble(WireMessage message, Chance chance) =>
        message.WithText(Filler(message, chance) + chance.Of("", "\r\n") + message.Text);

    static WireMessage Epilogue(WireMessage message, Chance chance) =>
        message.WithText(message.Text + chance.Of("", "\r\n", "\n") + Filler(message, chance));

    static WireMessage LineEnds(WireMessage message, Chance chance)
    {
        var text = message.Text;
        return message.WithText(chance.Below(4) switch
        {
            0 => text.Replace("\r\n", "\n", StringComparison.Ordinal),
            1 => text.Replace("\r\n", "\r", StringComparison.Ordinal),
            2 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
            _ => string.Concat(text.Select(c => c == '\r' && chance.OneIn(2) ? "" : c.ToString())),
        });
    }

    static WireMessage RepeatPart(WireMessage message, Chance chance) => AtBoundary(message, chance, (text, line) =>
    {
        var next = text.IndexOf($"--{message.Boundary}", line + 1, StringComparison.Ordinal);
        var part = next < 0 ? text[line..] : text[line..next];
        return text[..line] + string.Concat(Enumerable.Repeat(part, Math.Min(chance.Length(150), 1 + 40_000 / part.Length))) + text[line..];
    });

    static WireMessage MovePart(WireMessage message, Chance chance) => AtBoundary(message, chance, (text, line) =>
    {
        var next = text.IndexOf($"--{message.Boundary}", line + 1, StringComparison.Ordinal);
        var first = text.IndexOf($"--{message.Boundary}", StringComparison.Ordinal);
        return next < 0 ? text[line..] + text[..line] : text[..first] + text[line..next] + text[first..line] + text[next..];
    });

    /// <summary>Encodes the content of a part rightly, so that what breaks it afterwards meets a decoder at work.</summary>
    static WireMessage Encode(WireMessage message, Chance chance) => AtBoundary(message, chance, (text, line) =>
    {
        var headersEnd = text.IndexOf("\r\n\r\n", line, StringComparison.Ordinal);
        var contentEnd = headersEnd < 0 ? -1 : text.IndexOf($"\r\n--{message.Boundary}", headersEnd + 2, StringComparison.Ordinal);
        if (contentEnd < headersEnd + 4)
            return text;
        var headers = text[line..headersEnd].Replace("Content-Transfer-Encoding", "X-Encoding", StringComparison.OrdinalIgnoreCase);
        var content = Encoding.Latin1.GetBytes(text[(headersEnd + 4)..contentEnd]);
        var (name, encoded) = chance.OneIn(2)
            ? ("base64", Convert.ToBase64String(content, chance.Of(Base64FormattingOptions.None, Base64FormattingOptions.InsertLineBreaks)))
            : ("quoted-printable", QuotedPrintable(content));
        encoded = chance.Below(6) switch
        {
            0 => encoded.TrimEnd('='),
            1 => encoded.Insert(chance.Below(encoded.Length + 1), chance.Of("=", "*", "=\r\n", " ", "\r", "=G0", "====")),
            2 => encoded + encoded,
            _ => encoded,
        };
        return $"{text[..line]}{headers}\r\nContent-Transfer-Encoding: {name}\r\n\r\n{encoded}{text[contentEnd..]}";
    });

    static string QuotedPrintable(byte[] content) =>
        string.Concat(content.Select((value, index) => value is > 0x20 and < 0x7F and not (byte)'='
            ? ((char)value).ToString()
            : $"={value:X2}{(index % 20 == 0 ? "=\r\n" : "")}"));

    static string Filler(WireMessage message, Chance chance) => chance.OneIn(2)
        ? new string(chance.Of('x', '\0', '-'), chance.Length(20_000))
        : string.Concat(Enumerable.Repeat(chance.Of("\r\n", "-- \n", $"--{message.Boundary}x\r\n"), chance.Length(300)));

    static WireMessage AtBoundary(WireMessage message, Chance chance, Func<string, int, string> edit)
    {
        if (message.Boundary is not { } boundary)
            return message;
        var text = message.Text;
        var lines = new List<int>();
        for (var at = text.IndexOf($"--{boundary}", StringComparison.Ordinal); at >= 0;
            at = text.IndexOf($"--{boundary}", at + 1, StringComparison.Ordinal))
        {
            lines.Add(at);
        }
        return lines.Count == 0 ? message : message.WithText(edit(text, lines[chance.Below(lines.Count)]));
    }
}
