namespace LinkGateway.LoadBench.Reporting;

/// <summary>Prints the results of small calls, each beside what it is compared with.</summary>
static class CallTable
{
    public static void Print(IReadOnlyList<CallResult> results)
    {
        Console.WriteLine();
        Console.WriteLine("| scenario | variant | calls/s median [min-max] | CPU µs/call | p99 ms median, highest | ratio of rates | n |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            var other = results.FirstOrDefault(
                candidate => candidate.Scenario == result.Scenario && candidate.Variant == result.Comparator);
            var ratio = other is null ? "" : $"{result.MedianRate / other.MedianRate:F2}";
            Console.WriteLine(
                $"| {result.Scenario} | {result.Variant} | {result.MedianRate:F0} [{result.MinRate:F0}-{result.MaxRate:F0}] "
                + $"| {result.CpuMicrosecondsPerCall:F0} | {result.MedianP99:F1}, {result.HighestP99:F1} | {ratio} | {result.Samples.Count} |");
        }
    }
}
