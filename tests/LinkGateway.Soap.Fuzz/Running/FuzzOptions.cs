using System.Globalization;

namespace LinkGateway.Soap.Fuzz.Running;

/// <summary>The command line.</summary>
sealed record FuzzOptions(long Executions, ulong Seed, long? Execution, TimeSpan? Duration)
{
    public const ulong DefaultSeed = 20261127;

    public const string Usage = "Usage: LinkGateway.Soap.Fuzz [--executions 1000000] [--seed N] [--execution N] [--minutes M]";

    public static FuzzOptions? Parse(string[] args)
    {
        var options = new FuzzOptions(1_000_000, DefaultSeed, null, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !ulong.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            switch (args[i])
            {
                case "--executions":
                    options = options with { Executions = (long)number };
                    break;
                case "--seed":
                    options = options with { Seed = number };
                    break;
                case "--execution":
                    options = options with { Execution = (long)number };
                    break;
                case "--minutes":
                    options = options with { Duration = TimeSpan.FromMinutes(number) };
                    break;
                default:
                    return null;
            }
        }
        return options;
    }
}
