using System.Buffers;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// Tells apart the names of plain UTF-8 markup: ASCII letters, digits and <c>_ - .</c>, with one prefix at most. Others are names too, for
/// the XML reader.
/// </summary>
static class PlainMarkup
{
    static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:"u8);

    /// <summary>Reads a name at the beginning.</summary>
    /// <param name="text">What begins with it.</param>
    /// <param name="colon">Where its prefix ends; -1 where it has none.</param>
    /// <returns>The length of the name; 0 where none stands there, or not a plain one.</returns>
    public static int ReadName(ReadOnlySpan<byte> text, out int colon)
    {
        var length = text.IndexOfAnyExcept(NameBytes);
        colon = -1;
        if (length <= 0 || text[length] >= 0x80) return 0;
        var name = text[..length];
        colon = name.IndexOf((byte)':');
        return IsStart(name[0]) && (colon < 0 || (IsPart(name[(colon + 1)..]) && colon > 0)) ? length : 0;
    }

    static bool IsPart(ReadOnlySpan<byte> local) => local is [var first, ..] && IsStart(first) && !local.Contains((byte)':');

    static bool IsStart(byte first) => char.IsAsciiLetter((char)first) || first == '_';

    /// <summary>
    /// The length of an XML declaration that says nothing but version 1.0 and UTF-8; 0 where another stands there or none.
    /// </summary>
    public static int ReadDeclaration(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("?>"u8);
        if (end < 0) return 0;
        return text[..end] switch
        {
            [.. var said] when Is(said, "<?xml version=\"1.0\" encoding=\"UTF-8\""u8) => end + 2,
            [.. var said] when Is(said, "<?xml version='1.0' encoding='UTF-8'"u8) => end + 2,
            [.. var said] when Is(said, "<?xml version=\"1.0\""u8) => end + 2,
            _ => 0,
        };
    }

    // The name of an encoding is the same in capitals and without, the rest is not.
    static bool Is(ReadOnlySpan<byte> said, ReadOnlySpan<byte> declaration)
    {
        const int NameFrom = 30;
        if (said.Length != declaration.Length) return false;
        if (said.Length <= NameFrom) return said.SequenceEqual(declaration);
        return said[..NameFrom].SequenceEqual(declaration[..NameFrom])
            && System.Text.Ascii.EqualsIgnoreCase(said[NameFrom..], declaration[NameFrom..]);
    }
}
