using System.Text;
using LinkGateway.Soap.Fuzz.Corpus;

namespace LinkGateway.Soap.Fuzz.Mutation;

/// <summary>Changes that know nothing of what the bytes mean.</summary>
static class RawMutations
{
    static readonly string[] Tokens =
    [
        "\r\n", "\n", "\r", "\r\n\r\n", "--", "\r\n--", "=", "=\r\n", "=3D", "\0", "\u00FF", "\u00EF\u00BB\u00BF", "\u00FF\u00FE", "<", ">", "&", "]]>",
        "\t", " ", ":", ";", "\"", "'", "%", "\u00C0\u0080", "\u00ED\u00A0\u0080", "\u00F0\u009F\u0098\u0080",
    ];

    public static Func<WireMessage, Chance, WireMessage>[] All { get; } =
        [FlipBit, SetByte, InsertToken, InsertToken, Remove, Repeat, Truncate, Swap, Splice];

    static WireMessage FlipBit(WireMessage message, Chance chance) => Edit(message, bytes =>
    {
        if (bytes.Length > 0)
            bytes[chance.Below(bytes.Length)] ^= (byte)(1 << chance.Below(8));
        return bytes;
    });

    static WireMessage SetByte(WireMessage message, Chance chance) => Edit(message, bytes =>
    {
        if (bytes.Length > 0)
            bytes[chance.Below(bytes.Length)] = chance.Of("\r\n-: =\t\0<&\x7F\x80\xFF"u8);
        return bytes;
    });

    static WireMessage InsertToken(WireMessage message, Chance chance) => Edit(message, bytes =>
    {
        var place = chance.Below(bytes.Length + 1);
        var token = Encoding.Latin1.GetBytes(chance.OneIn(4) && message.Boundary is { } boundary ? $"\r\n--{boundary}" : chance.Of<string>(Tokens));
        return [.. bytes[..place], .. token, .. bytes[place..]];
    });

    static WireMessage Remove(WireMessage message, Chance chance) => Edit(message, bytes =>
    {
        var (from, to) = Range(bytes.Length, chance);
        return [.. bytes[..from], .. bytes[to..]];
    });

    static WireMessage Repeat(WireMessage message, Chance chance) => Edit(message, bytes =>
    {
        var (from, to) = Range(bytes.Length, chance);
        var times = chance.Length(40);
        return [.. bytes[..to], .. Enumerable.Repeat(bytes[from..to], times).SelectMany(piece => piece), .. bytes[to..]];
    });

    static WireMessage Truncate(WireMessage message, Chance chance) => Edit(message, bytes => bytes[..chance.Below(bytes.Length + 1)]);

    static WireMessage Swap(WireMessage message, Chance chance) => Edit(message, bytes =>
    {
        var (from, middle) = Range(bytes.Length, chance);
        var to = middle + chance.Below(bytes.Length - middle + 1);
        return [.. bytes[..from], .. bytes[middle..to], .. bytes[from..middle], .. bytes[to..]];
    });

    static WireMessage Splice(WireMessage message, Chance chance) => Edit(message, bytes =>
    {
        var other = Messages.All[chance.Below(Messages.All.Count)].Body;
        var (from, to) = Range(other.Length, chance);
        var place = chance.Below(bytes.Length + 1);
        return [.. bytes[..place], .. other[from..to], .. chance.OneIn(2) ? bytes[place..] : []];
    });

    static (int From, int To) Range(int length, Chance chance)
    {
        var from = chance.Below(length + 1);
        return (from, Math.Min(length, from + chance.Length(600)));
    }

    static WireMessage Edit(WireMessage message, Func<byte[], byte[]> edit) => message with { Body = edit([.. message.Body]) };
}
