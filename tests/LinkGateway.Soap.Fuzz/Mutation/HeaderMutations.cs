using LinkGateway.Soap.Fuzz.Corpus;

namespace LinkGateway.Soap.Fuzz.Mutation;

/// <summary>Changes to the header lines of parts.</summary>
static class HeaderMutations
{
    static readonly string[] Lines =
    [
        "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "Content-Transfer-Encoding: Binary",
        "Content-Transfer-Encoding: 7BIT", "Content-Transfer-Encoding: x-uuencode", "Content-Transfer-Encoding: ", "content-transfer-encoding:\r\n base64",
        "Content-Type: text/xml", "Content-Type: application/soap+xml; charset=utf-16", "Content-Type: text/xml; charset=Shift_JIS", "Content-Type: text",
        "Content-Type: image/png", "Content-ID: <root@example.org>", "Content-ID: <data@example.org>", "Content-ID: cid:%41%", "Content-ID: <>",
        "Content-ID: \u3042", "Content-Location: http://a/b", "X: \u00E9\u00FF", "X: \u00E3\u0081\u0082", "X:", ":", "X", "X Y: z", "X : y", "\u00E9: y", " folded", "\tfolded",
        "X: a\r\n \r\n b", "X: \r\n\t", "X: a\rb", "X: a\0b", "--: x", "--",
    ];

    public static Func<WireMessage, Chance, WireMessage>[] All { get; } = [Insert, Insert, Many, Long, Change, Change];

    static WireMessage Insert(WireMessage message, Chance chance) =>
        AtLine(message, chance, (line, _) => $"{chance.Of<string>(Lines)}{chance.Of("\r\n", "\r\n", "\n")}{line}");

    static WireMessage Many(WireMessage message, Chance chance) =>
        AtLine(message, chance, (line, _) => string.Concat(Enumerable.Range(0, chance.Length(60)).Select(i => $"X-{i}: {i}\r\n")) + line);

    static WireMessage Long(WireMessage message, Chance chance) =>
        AtLine(message, chance, (line, _) => $"X: {string.Concat(Enumerable.Repeat(chance.Of("a", "\r\n ", "\t"), chance.Length(17_000)))}\r\n{line}");

    static WireMessage Change(WireMessage message, Chance chance) => AtLine(message, chance, (line, end) => chance.Below(9) switch
    {
        0 => "",
        1 => line + end + line,
        2 => line.Replace(": ", chance.Of(":", " : ", ":\t\t", ":\r\n ", ":\n\t", ""), StringComparison.Ordinal),
        3 => line.ToUpperInvariant(),
        4 => line.ToLowerInvariant(),
        5 => line.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal),
        6 => line.Insert(chance.Below(line.Length + 1), chance.Of("\0", "\r", "\u00FF", ":", " ", "\n", "\r\n", "\r\n ")),
        7 => line[..chance.Below(line.Length + 1)],
        _ => line + chance.Of(" ", "\t", ";", "\"", "; charset=utf-8", "; charset=UTF-16LE", "; x='y'"),
    });

    /// <summary>Edits one line of those that stand between a boundary and the next empty line; it is given its end as well.</summary>
    static WireMessage AtLine(WireMessage message, Chance chance, Func<string, string, string> edit)
    {
        if (message.Boundary is not { } boundary)
            return message;
        var text = message.Text;
        var lines = new List<(int From, int To)>();
        var inHeaders = false;
        for (var from = 0; from < text.Length;)
        {
            var lineFeed = text.IndexOf('\n', from);
            var next = lineFeed < 0 ? text.Length : lineFeed + 1;
            var line = text[from..next].TrimEnd('\r', '\n');
            if (inHeaders)
                lines.Add((from, from + line.Length));
            inHeaders = line == $"--{boundary}" || (inHeaders && line.Length > 0);
            from = next;
        }
        if (lines.Count == 0)
            return message;
        var (start, end) = lines[chance.Below(lines.Count)];
        var lineEnd = text[end..].StartsWith('\n') ? "\n" : "\r\n";
        return message.WithText(text[..start] + edit(text[start..end], lineEnd) + text[end..]);
    }
}
