using System.Globalization;

namespace LinkGateway.Samples.QuickStart;

/// <summary>The command line of the sample.</summary>
sealed record Arguments(long Size, string SizeText, bool Keep)
{
    /// <summary>Reads it; on an error says what is wrong and returns null.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments(256L << 20, "256MiB", false);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--keep")
            {
                arguments = arguments with { Keep = true };
            }
            else if (args[i] == "--size" && i + 1 < args.Length && ParseSize(args[i + 1]) is { } size)
            {
                arguments = arguments with { Size = size, SizeText = args[++i] };
            }
            else
            {
                Console.Error.WriteLine("Usage: QuickStart [--size 256MiB] [--keep]   (size: bytes, or a number with KiB, MiB, GiB)");
                return null;
            }
        }

        return arguments;
    }

    static long? ParseSize(string text)
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
