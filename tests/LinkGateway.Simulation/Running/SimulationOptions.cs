using System.Globalization;
using LinkGateway.Simulation.Plants;

namespace LinkGateway.Simulation.Running;

/// <summary>What the command line asks for.</summary>
/// <param name="Nights">How many.</param>
/// <param name="Seed">Of the first; each further night has the next.</param>
/// <param name="Plant">A bug to plant.</param>
/// <param name="Trace">Print what happens.</param>
sealed record SimulationOptions(int Nights, ulong Seed, Plant Plant, bool Trace)
{
    public const string Usage = """
        usage: LinkGateway.Simulation [--nights N] [--seed S] [--plant skip-fsync|drop-fence|forget-in-doubt] [--trace]
          --nights N   nights to simulate (default 2000)
          --seed S     seed of the first night (default 1); each further night has the next seed
          --plant NAME plants a bug, to see it found
          --trace      prints what happens; with --nights 1 this shows a failing night
        """;

    /// <summary>The options; null when they cannot be understood.</summary>
    public static SimulationOptions? Parse(string[] args)
    {
        var options = new SimulationOptions(2000, 1, Plant.None, false);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--trace") options = options with { Trace = true };
            else if (i + 1 == args.Length || options.With(args[i], args[++i]) is not { } with) return null;
            else options = with;
        }

        return options;
    }

    SimulationOptions? With(string name, string value) => name switch
    {
        "--nights" when int.TryParse(value, CultureInfo.InvariantCulture, out var nights) => this with { Nights = nights },
        "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed) => this with { Seed = seed },
        "--plant" when Enum.TryParse<Plant>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var plant) =>
            this with { Plant = plant },
        _ => null,
    };
}
