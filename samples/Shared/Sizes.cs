using System.Globalization;

namespace LinkGateway.Samples.Shared;

/// <summary>Sizes on a command line: bytes, or a number with KiB, MiB, GiB.</summary>
static class Sizes
{
    public static long? Parse(string text)
    {
        var (digits, shift) = text switch
        {
            _ when text.EndsWith("KiB", StringComparison.Ordinal) => (text[..^3], 10),
            _ when text.EndsWith("MiB", StringComparison.Ordinal) => (text[..^3], 20),
            _ when text.EndsWith("GiB", StringComparison.Ordinal) => (text[..^3], 30),
            _ => (text, 0),
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1L << 32
            ? number << shift
            : null;
    }
}
