namespace LinkGateway.LoadBench;

/// <summary>The command line.</summary>
sealed record BenchOptions(bool Quick, string? Only, string? JsonFile, string DiskFolder, string MemoryFolder)
{
    /// <summary>Most rounds of a comparison; null: as many as each takes by itself.</summary>
    public int? MostRounds { get; init; }

    /// <summary>Whether a scenario is to run.</summary>
    public bool Wants(string scenario) => Only is null || Stands(Only, scenario);

    /// <summary>The rounds of a comparison.</summary>
    /// <param name="full">How many it takes by itself.</param>
    public int Rounds(int full) => Quick ? 1 : Math.Min(full, MostRounds ?? full);

    /// <summary>Reads it.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="scenarios">Names of the scenarios that there are.</param>
    /// <returns>Null when it is wrong, which was said then.</returns>
    public static BenchOptions? Parse(string[] args, IReadOnlyList<string> scenarios)
    {
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var options = new BenchOptions(false, null, null, Path.GetTempPath(), memory);
        for (var i = 0; i < args.Length; i++)
        {
            var next = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quick":
                    options = options with { Quick = true };
                    break;
                case "--only" when next is not null && scenarios.Any(name => Stands(next, name)):
                    options = options with { Only = next };
                    i++;
                    break;
                case "--rounds" when int.TryParse(next, out var rounds) && rounds > 0:
                    options = options with { MostRounds = rounds };
                    i++;
                    break;
                case "--json" when next is not null:
                    options = options with { JsonFile = next };
                    i++;
                    break;
                case "--disk" when next is not null:
                    options = options with { DiskFolder = next };
                    i++;
                    break;
                default:
                    Console.Error.WriteLine(
                        $"Usage: LoadBench [--quick] [--only {string.Join('|', scenarios)}] [--rounds N] [--disk FOLDER] [--json FILE]");
                    return null;
            }
        }

        return options;
    }

    // A name, or its first part for all that begin so.
    static bool Stands(string only, string scenario) => scenario == only || scenario.StartsWith(only + "-", StringComparison.Ordinal);
}
