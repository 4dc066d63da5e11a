using System.Globalization;
using LinkGateway.Samples.Shared;

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>The command line of the sample.</summary>
sealed record Arguments(long Size, string SizeText, int Questions, bool Keep, bool Spoil)
{
    const string Usage = """
        Usage: HouseToVacantHouse [--size 64MiB] [--calls 1000] [--keep] [--spoil]
          --size    of the nightly file: bytes, or a number with KiB, MiB, GiB
          --calls   questions that the vacant-house system asks, at least 20
          --keep    let everything run on until Ctrl+C
          --spoil   one answer of the property-tax system is wrong: the sample must notice and end with 1
        """;

    /// <summary>Reads it; on an error says what is wrong and returns null.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments(64L << 20, "64MiB", 1000, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--keep":
                    arguments = arguments with { Keep = true };
                    break;
                case "--spoil":
                    arguments = arguments with { Spoil = true };
                    break;
                case "--size" when Sizes.Parse(value) is { } size:
                    arguments = arguments with { Size = size, SizeText = value };
                    i++;
                    break;
                case "--calls" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var calls) && calls >= 20:
                    arguments = arguments with { Questions = calls };
                    i++;
                    break;
                default:
                    Console.Error.WriteLine(Usage);
                    return null;
            }
        }

        return arguments;
    }
}
