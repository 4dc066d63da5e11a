using System.Buffers;

namespace LinkGateway.Soap.Mime;

/// <summary>Boundaries for messages to be written.</summary>
public static class MultipartBoundary
{
    const int MinRandomBytes = 16;

    const string NoSpace = "'()+,-./0123456789:=?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    // RFC 2046 5.1.1 bcharsnospace.
    static readonly SearchValues<char> Characters = SearchValues.Create(NoSpace);

    // RFC 2046 5.1.1 bchars.
    static readonly SearchValues<char> CharactersAndBlank = SearchValues.Create(NoSpace + " ");

    /// <summary>Makes a boundary of letters and digits, so that no toolkit misreads it even where it forgets the quotes.</summary>
    /// <param name="random">16 to 32 unpredictable bytes: whoever writes the content must not be able to guess the boundary.</param>
    /// <exception cref="ArgumentException">Too few or too many bytes.</exception>
    public static string Create(ReadOnlySpan<byte> random)
    {
        if (random.Length is < MinRandomBytes or > 2 * MinRandomBytes)
            throw new ArgumentException($"A boundary is made of {MinRandomBytes} to {2 * MinRandomBytes} random bytes.", nameof(random));
        return "part" + Convert.ToHexStringLower(random);
    }

    /// <summary>Whether a received boundary is one of RFC 2046 5.1.1, where blanks may stand inside.</summary>
    internal static bool IsStandard(string boundary) =>
        boundary.Length is >= 1 and <= 70 && !boundary.AsSpan().ContainsAnyExcept(CharactersAndBlank);

    /// <summary>Whether a boundary may be written: 1 to 70 characters of RFC 2046 <c>bcharsnospace</c>.</summary>
    /// <param name="boundary">The boundary without the two dashes.</param>
    public static bool IsValid(string boundary) => boundary.Length is >= 1 and <= 70 && !boundary.AsSpan().ContainsAnyExcept(Characters);
}
