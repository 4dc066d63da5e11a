using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkGateway.LoadBench.Reporting;

/// <summary>Prints results, each beside what it is compared with.</summary>
static class ResultTable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Print(IReadOnlyList<Result> results)
    {
        Console.WriteLine();
        Console.WriteLine("| scenario | variant | median [min-max] | ms p50 / p99 / p99.9 | CPU | RSS MiB | ratio to | n |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            var latency = result.MedianLatency is { } ms ? $"{ms.P50:F2} / {ms.P99:F1} / {ms.P999:F1}" : "";
            var memory = result.MedianMemoryMiB > 0 ? $"{result.MedianMemoryMiB:F0}" : "";
            Console.WriteLine(
                $"| {result.Scenario} | {result.Variant} | {Value(result)} | {latency} | {Cpu(result)} | {memory} "
                + $"| {Ratios(result, results)} | {result.Samples.Count} |");
        }
    }

    public static async Task WriteJsonAsync(IReadOnlyList<Result> results, string path)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, results, Json);
    }

    static string Value(Result result)
    {
        var unit = result.Measure switch
        {
            Measure.Bytes => "MB/s",
            Measure.Calls => "/s",
            Measure.Duration => "s",
            _ => "MiB",
        };
        return result.Measure == Measure.Duration
            ? $"{result.MedianValue:F2} {unit} [{result.MinValue:F2}-{result.MaxValue:F2}]"
            : $"{result.MedianValue:F0} {unit} [{result.MinValue:F0}-{result.MaxValue:F0}]";
    }

    static string Cpu(Result result) => result.Measure switch
    {
        _ when result.Samples.All(sample => sample.CpuSeconds == 0) => "",
        Measure.Bytes => $"{result.MedianCpu:F2} s/GiB",
        Measure.Calls => $"{result.MedianCpu:F0} µs",
        Measure.Duration => $"{result.MedianCpu:F2} s",
        _ => $"{result.MedianCpu:F1} %",
    };

    static string Ratios(Result result, IReadOnlyList<Result> results) => string.Join(", ", result.Comparators
        .Select(name => results.FirstOrDefault(other => other.Scenario == result.Scenario && other.Variant == name))
        .OfType<Result>()
        .Select(other => (Ratio: result.MedianValue / other.MedianValue, other.Variant))
        .Select(pair => pair.Ratio < 0.1 ? $"{pair.Ratio:F3} {pair.Variant}" : $"{pair.Ratio:F2} {pair.Variant}"));
}
