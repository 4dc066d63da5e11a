using LinkGateway.Samples.Shared;

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
            else if (args[i] == "--size" && i + 1 < args.Length && Sizes.Parse(args[i + 1]) is { } size)
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
}
