using System.Globalization;

namespace LinkGateway.FaultHarness;

/// <summary>The command line.</summary>
sealed record HarnessOptions
{
    public const string Usage = """
        Usage: LinkGateway.FaultHarness [--runs N] [--seed S] [--only NAME[,NAME]] [--short] [--json FILE] [--old COMMIT] [--size BYTES]
          --runs   runs of each scenario, in place of its own number
          --seed   the same seed gives the same sizes, contents and moments; the processes still race
          --only   these scenarios; NAME* for all that begin so. --list names them
          --short  few runs of small files
          --json   writes the results to a file
          --old    the commit whose build the scenario 'update' starts with
          --size   of the file of the measurements 'resume-70' and 'hops', and of the largest of 'night', which run by --only
        """;

    /// <summary>Runs of each scenario; null: its own number.</summary>
    public int? Runs { get; init; }

    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>Names of scenarios; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public bool Short { get; init; }

    public bool List { get; init; }

    public string? JsonFile { get; init; }

    public string? Old { get; init; }

    public long? Size { get; init; }

    /// <summary>Reads a command line; null when it is wrong.</summary>
    public static HarnessOptions? Parse(string[] arguments)
    {
        var options = new HarnessOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is "--short" or "--list")
            {
                options = arguments[i] == "--short" ? options with { Short = true } : options with { List = true };
                continue;
            }
            if (++i == arguments.Length) return null;
            if (options.With(arguments[i - 1], arguments[i]) is not { } more) return null;
            options = more;
        }
        return options;
    }

    HarnessOptions? With(string name, string value) => name switch
    {
        "--runs" when Number(value) is { } runs => this with { Runs = (int)runs },
        "--seed" when Number(value) is { } seed => this with { Seed = (int)seed },
        "--only" => this with { Only = value.Split(',') },
        "--json" => this with { JsonFile = value },
        "--old" => this with { Old = value },
        "--size" when Bytes(value) is { } size => this with { Size = size },
        _ => null,
    };

    static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : null;

    static long? Bytes(string text) => text switch
    {
        _ when text.EndsWith("MiB", StringComparison.Ordinal) => Number(text[..^3]) << 20,
        _ when text.EndsWith("GiB", StringComparison.Ordinal) => Number(text[..^3]) << 30,
        _ => Number(text),
    };
}
