using LinkGateway.Soap.Fuzz.Corpus;

namespace LinkGateway.Soap.Fuzz.Mutation;

/// <summary>Changes to the Content-Type of the HTTP message.</summary>
static class ContentTypeMutations
{
    static readonly string[] Parameters =
    [
        "boundary=b", "boundary=\"\"", "boundary=\"a b \"", "boundary=\u00E9", "boundary='b'", "boundary*=utf-8''%62", "boundary*0=b; boundary*1=64",
        "boundary*0*=''%62; boundary*1*=%0D%0A", "start=\"<root@example.org>\"", "start=6A1D", "start=nowhere", "start=\"<>\"", "start=", "type=text/xml",
        "type=\"image/png\"", "type='a'", "type=''a''", "type=\"a/\"", "charset=utf-16", "charset=US-ASCII", "charset=\"EUC-JP\"", "x=\"a\\\"b\\\\\"", "x=\"",
        "x", "=", "=x", "x*=%E3%81%82", "x*=x'y'%zz", "x*2=a", "x*0=a; x*0=b", "*0=a", "x*99999999999=a", "x=\" \"", "x=\u3042", "x\u3042=1", ";;", " ", "\t",
        "x='", "x=\"'y'\"", "x*='a'b'c'",
    ];

    public static Func<WireMessage, Chance, WireMessage>[] All { get; } = [Insert, Remove, Characters, Essence, Respell, SplitBoundary, Boundary];

    static WireMessage Insert(WireMessage message, Chance chance) => Pieces(message, pieces =>
        pieces.Insert(1 + chance.Below(pieces.Count), $"{chance.Of(" ", "", "\t", "\r\n ")}{chance.Of<string>(Parameters)}"));

    static WireMessage Remove(WireMessage message, Chance chance) => Pieces(message, pieces => pieces.RemoveAt(chance.Below(pieces.Count)));

    static WireMessage Characters(WireMessage message, Chance chance)
    {
        var type = message.ContentType;
        var place = chance.Below(type.Length + 1);
        var rest = type[Math.Min(type.Length, place + chance.Below(3))..];
        return message with { ContentType = type[..place] + chance.Of("", ";", "=", "\"", "'", "\\", "*", "%", "\0", "\u00FF", " ", "\n", "/") + rest };
    }

    static WireMessage Essence(WireMessage message, Chance chance) => Pieces(message, pieces => pieces[0] = chance.Of(
        "text/xml", "application/soap+xml", "application/xop+xml", "multipart/related", "MulTipart/RelaTed", "multipart/mixed", "multipart / related", "text", "",
        "/", "image/png"));

    static WireMessage Respell(WireMessage message, Chance chance) => message with
    {
        ContentType = chance.Below(5) switch
        {
            0 => message.ContentType.Replace("\"", "", StringComparison.Ordinal),
            1 => message.ContentType.Replace('"', '\''),
            2 => message.ContentType.ToUpperInvariant(),
            3 => message.ContentType.Replace("; ", ";\r\n\t", StringComparison.Ordinal),
            _ => message.ContentType + chance.Of(";", " ; ", ";;", "; ="),
        },
    };

    static WireMessage SplitBoundary(WireMessage message, Chance chance)
    {
        if (message.Boundary is not { } boundary)
            return message;
        var cut = chance.Below(boundary.Length + 1);
        return message with
        {
            ContentType = $"multipart/related; boundary*1*={Uri.EscapeDataString(boundary[cut..])}; boundary*0=\"{boundary[..cut]}\"",
        };
    }

    /// <summary>Another boundary, in both places alike.</summary>
    static WireMessage Boundary(WireMessage message, Chance chance)
    {
        if (message.Boundary is not { } boundary)
            return message;
        var other = chance.Of("-", "--", "b", boundary + "-", boundary[..1], new string('x', chance.Of(70, 71, 200, 201)), "a b", ":=/", "a\"b", "\\", "'b'");
        return message.WithText(message.Text.Replace($"--{boundary}", $"--{other}", StringComparison.Ordinal)) with
        {
            Boundary = other,
            ContentType = $"multipart/related; boundary=\"{other.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        };
    }

    static WireMessage Pieces(WireMessage message, Action<List<string>> edit)
    {
        var pieces = message.ContentType.Split(';').ToList();
        edit(pieces);
        return message with { ContentType = string.Join(';', pieces) };
    }
}
