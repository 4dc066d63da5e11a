namespace LinkGateway.LoadBench.Reporting;

/// <summary>All runs of one variant of a scenario.</summary>
/// <param name="Scenario">Such as <c>intake http tmpfs</c>.</param>
/// <param name="Variant">Such as <c>gateway</c>, or the comparator.</param>
/// <param name="Bytes">Bytes of one run.</param>
/// <param name="Samples">The runs, in order.</param>
/// <param name="Comparator">Variant that it is compared with; null for the comparator itself.</param>
sealed record ScenarioResult(string Scenario, string Variant, long Bytes, IReadOnlyList<Sample> Samples, string? Comparator)
{
    public double MedianRate => Median(Samples.Select(sample => Bytes / sample.Seconds / 1e6));

    public double MinRate => Samples.Min(sample => Bytes / sample.Seconds / 1e6);

    public double MaxRate => Samples.Max(sample => Bytes / sample.Seconds / 1e6);

    public double CpuPerGiB => Median(Samples.Select(sample => sample.CpuSeconds)) * (1L << 30) / Bytes;

    public double MedianPeakMiB => Median(Samples.Select(sample => sample.PeakBytes / (double)(1 << 20)));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
