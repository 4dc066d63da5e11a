using System.Globalization;

namespace LinkGateway.Benchmarks.Allocations;

/// <summary>
/// Holds every benchmark to the bytes that it was recorded to allocate. Times differ from run to run and machine to machine,
/// allocations hardly do: growth is somebody's change. Ends with 1 when one grew beyond its tolerance, is not recorded, or is recorded
/// and gone; <c>--write</c> records what was measured.
/// </summary>
static class AllocationGuard
{
    // Small sizes step by whole objects; two words are no object more.
    const long LeastTolerance = 16;

    public static async Task<int> RunAsync(ReadOnlyMemory<string> arguments)
    {
        var (write, only) = Read(arguments.Span);
        var recorded = AllocationFile.Read();
        var chosen = MeasuredBenchmark.All().Where(benchmark => benchmark.Name.Contains(only, StringComparison.Ordinal)).ToList();
        var failed = 0;
        var shrunk = 0;
        Row("benchmark", "recorded", "measured", "allowed", "");
        foreach (var benchmark in chosen)
        {
            var bytes = await benchmark.MeasureAsync();
            if (!recorded.TryGetValue(benchmark.Name, out var before))
            {
                failed++;
                Row(benchmark.Name, "-", Text(bytes), "-", "NOT RECORDED");
            }
            else
            {
                var tolerance = Math.Max(LeastTolerance, before * benchmark.Percent / 100);
                if (bytes > before + tolerance) failed++;
                if (bytes < before - tolerance) shrunk++;
                Row(benchmark.Name, Text(before), Text(bytes), Text(before + tolerance),
                    bytes > before + tolerance ? "GREW" : bytes < before - tolerance ? "shrank" : "");
            }
            if (write) recorded[benchmark.Name] = bytes;
        }

        var gone = recorded.Keys.Except(MeasuredBenchmark.All().Select(benchmark => benchmark.Name)).ToList();
        foreach (var name in gone)
        {
            Row(name, Text(recorded[name]), "-", "-", "GONE");
            if (write) recorded.Remove(name);
        }

        if (write)
        {
            AllocationFile.Write(recorded);
            Console.WriteLine("benchmarks/allocations.json is written.");
            return 0;
        }
        if (shrunk > 0)
            Console.WriteLine($"{shrunk} allocate less than recorded: run again with --write, so that they cannot grow back unseen.");
        failed += gone.Count;
        if (failed > 0)
            Console.WriteLine(
                $"{failed} do not match benchmarks/allocations.json. Mend the growth, or record it with --write and say why.");
        return failed > 0 ? 1 : 0;
    }

    static (bool Write, string Only) Read(ReadOnlySpan<string> arguments) => arguments switch
    {
        [] => (false, ""),
        ["--write"] => (true, ""),
        ["--only", var part] => (false, part),
        ["--write", "--only", var part] => (true, part),
        _ => throw new ArgumentException("Usage: --allocations [--write] [--only PART-OF-A-NAME]"),
    };

    static void Row(string name, string recorded, string measured, string allowed, string verdict) =>
        Console.WriteLine($"{name,-70} {recorded,12} {measured,12} {allowed,12}  {verdict}".TrimEnd());

    static string Text(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
