using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LinkGateway.Soap.Envelope;

/// <summary>Character data of plain UTF-8 markup: what may stand in it, and what it says.</summary>
static class PlainText
{
    // XML 1.0 2.2: no other control character may stand in a document.
    static readonly SearchValues<byte> Forbidden = SearchValues.Create(
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0B, 0x0C, 0x0E, 0x0F, 0x10, 0x11, 0x12,
        0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F,
    ]);

    static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);

    static readonly SearchValues<byte> Rewritten = SearchValues.Create("&\r"u8);

    static readonly SearchValues<byte> RewrittenInValue = SearchValues.Create("&\r\n\t"u8);

    /// <summary>Whether all characters may stand in XML, and none closes a CDATA section.</summary>
    public static bool IsAllowed(ReadOnlySpan<byte> document) =>
        !document.ContainsAny(Forbidden)
        && Utf8.IsValid(document)
        && document.IndexOf("\uFFFE"u8) < 0
        && document.IndexOf("\uFFFF"u8) < 0
        && document.IndexOf("]]>"u8) < 0;

    public static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Blanks);

    /// <summary>How many blanks stand at the beginning.</summary>
    public static int CountBlanks(ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExcept(Blanks);
        return count < 0 ? text.Length : count;
    }

    /// <summary>
    /// Whether every reference in it is to one of the five entities that XML knows, or to a character that may stand in it.
    /// </summary>
    public static bool HasPlainReferences(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'&') is >= 0 and var at)
        {
            if (!TryReadReference(text[at..], out _, out var length)) return false;
            text = text[(at + length)..];
        }
        return true;
    }

    /// <summary>The text with its references resolved and its line ends as one (XML 1.0 2.11).</summary>
    public static string Decode(ReadOnlySpan<byte> text) => Decode(text, Rewritten, lineEnd: '\n');

    /// <summary>The value of an attribute: its blanks are spaces too (XML 1.0 3.3.3).</summary>
    public static string DecodeValue(ReadOnlySpan<byte> value) => Decode(value, RewrittenInValue, lineEnd: ' ');

    static string Decode(ReadOnlySpan<byte> text, SearchValues<byte> rewritten, char lineEnd)
    {
        var at = text.IndexOfAny(rewritten);
        if (at < 0) return Encoding.UTF8.GetString(text);
        var decoded = new StringBuilder(text.Length);
        for (; at >= 0; at = text.IndexOfAny(rewritten))
        {
            decoded.Append(Encoding.UTF8.GetString(text[..at]));
            text = text[at..];
            var passed = 1;
            if (text[0] == '&' && TryReadReference(text, out var character, out passed))
                decoded.Append(character.ToString());
            else
                decoded.Append(lineEnd);
            if (text.StartsWith("\r\n"u8)) passed = 2;
            text = text[passed..];
        }
        return decoded.Append(Encoding.UTF8.GetString(text)).ToString();
    }

    static bool TryReadReference(ReadOnlySpan<byte> text, out Rune character, out int length)
    {
        // The longest that is plain: &#x10FFFF; with some zeros in front.
        const int Longest = 16;
        (character, length) = (default, text[..Math.Min(text.Length, Longest)].IndexOf((byte)';') + 1);
        if (length <= 2) return false;
        var name = text[1..(length - 1)];
        return name[0] == '#' ? IsCharacter(name[1..], out character) : IsEntity(name, out character);
    }

    static bool IsEntity(ReadOnlySpan<byte> name, out Rune character)
    {
        var found = name switch
        {
            [(byte)'l', (byte)'t'] => '<',
            [(byte)'g', (byte)'t'] => '>',
            [(byte)'a', (byte)'m', (byte)'p'] => '&',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
            _ => '\0',
        };
        character = new Rune(found);
        return found != '\0';
    }

    // XML 1.0 4.1 and 2.2.
    static bool IsCharacter(ReadOnlySpan<byte> number, out Rune character)
    {
        var radix = number is [(byte)'x', ..] ? 16 : 10;
        var digits = radix == 16 ? number[1..] : number;
        var value = 0;
        character = default;
        if (digits.IsEmpty) return false;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit) || (radix == 10 && digit > '9')) return false;
            value = (value * radix) + Convert.ToInt32(((char)digit).ToString(), 16);
            if (value > 0x10FFFF) return false;
        }
        if (value is 0xFFFE or 0xFFFF || (value < ' ' && value is not ('\t' or '\n' or '\r'))) return false;
        return Rune.TryCreate(value, out character);
    }
}
