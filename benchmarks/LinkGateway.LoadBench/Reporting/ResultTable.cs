using System.Text.Json;

namespace LinkGateway.LoadBench.Reporting;

/// <summary>Prints the results, each beside what it is compared with.</summary>
static class ResultTable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Print(IReadOnlyList<ScenarioResult> results)
    {
        Console.WriteLine();
        Console.WriteLine("| scenario | variant | MB/s median [min-max] | CPU s/GiB | peak RSS MiB | ratio of rates | n |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            var other = results.FirstOrDefault(
                candidate => candidate.Scenario == result.Scenario && candidate.Variant == result.Comparator);
            var ratio = other is null ? "" : $"{result.MedianRate / other.MedianRate:F2}";
            Console.WriteLine(
                $"| {result.Scenario} | {result.Variant} | {result.MedianRate:F0} [{result.MinRate:F0}-{result.MaxRate:F0}] "
                    + $"| {result.CpuPerGiB:F2} | "
                + $"{result.MedianPeakMiB:F0} | {ratio} | {result.Samples.Count} |");
        }

        PrintMemory(results);
    }

    public static async Task WriteJsonAsync(IReadOnlyList<object> results, string path)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, results, Json);
    }

    static void PrintMemory(IReadOnlyList<ScenarioResult> results)
    {
        foreach (var gateway in results.Where(result => result.Scenario == "memory").GroupBy(result => result.Variant.Split(' ')[0]))
        {
            var bySize = gateway.OrderBy(result => result.Bytes).ToArray();
            if (bySize.Length < 2) continue;
            Console.WriteLine(
                $"\nmemory of {gateway.Key}: medians {bySize[0].MedianPeakMiB:F1} and {bySize[^1].MedianPeakMiB:F1} MiB, difference "
                + $"{bySize[^1].MedianPeakMiB - bySize[0].MedianPeakMiB:F1} MiB, highest peak "
                + $"{gateway.SelectMany(result => result.Samples).Max(sample => sample.PeakBytes) / (double)(1 << 20):F1} MiB");
        }
    }
}
