namespace LinkGateway.LoadBench.Reporting;

/// <summary>Runs the variants of a scenario in alternation, round by round, so that what else the machine does meets all of them.</summary>
sealed class Rounds(string scenario)
{
    readonly List<(string Name, Measure Measure, string[] Comparators, Func<Task<Sample>> Run, List<Sample> Samples)> _variants = [];

    /// <summary>Adds a variant.</summary>
    public void Add(string name, Measure measure, Func<Task<Sample>> run, params string[] comparators) =>
        _variants.Add((name, measure, comparators, run, []));

    /// <summary>Runs all of them: once when it is to be quick.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="full">Rounds that count, unless the command line wants fewer.</param>
    /// <param name="warmUp">Whether one round that does not count comes first.</param>
    public async Task<IReadOnlyList<Result>> RunAsync(BenchOptions options, int full, bool warmUp = true)
    {
        var count = options.Rounds(full);
        for (var round = warmUp && !options.Quick ? 0 : 1; round <= count; round++)
        {
            foreach (var variant in _variants)
            {
                var sample = await variant.Run();
                if (round > 0) variant.Samples.Add(sample);
            }

            Console.Error.WriteLine($"{scenario}: {(round == 0 ? "warmed up" : $"round {round} of {count}")}");
        }

        return [.. _variants.Select(variant => new Result(scenario, variant.Name, variant.Measure, variant.Samples, variant.Comparators))];
    }
}
