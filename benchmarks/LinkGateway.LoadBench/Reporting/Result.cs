namespace LinkGateway.LoadBench.Reporting;

/// <summary>All runs of one variant of a scenario.</summary>
/// <param name="Scenario">Such as <c>intake http tmpfs</c>.</param>
/// <param name="Variant">Such as <c>gateway SubmitFile</c>, or a comparator.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Samples">The runs, in order.</param>
/// <param name="Comparators">Variants of the same scenario that it is compared with.</param>
sealed record Result(
    string Scenario, string Variant, Measure Measure, IReadOnlyList<Sample> Samples, params IReadOnlyList<string> Comparators)
{
    public double MedianValue => Median(Samples.Select(Value));

    public double MinValue => Samples.Min(Value);

    public double MaxValue => Samples.Max(Value);

    public double MedianCpu => Median(Samples.Select(Cpu));

    public double MedianMemoryMiB => Median(Samples.Select(sample => sample.MemoryBytes / (double)(1 << 20)));

    public Latency? MedianLatency => Samples.All(sample => sample.Latency is not null)
        ? new Latency(
            Median(Samples.Select(sample => sample.Latency!.P50)),
            Median(Samples.Select(sample => sample.Latency!.P99)),
            Median(Samples.Select(sample => sample.Latency!.P999)))
        : null;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    double Value(Sample sample) => Measure switch
    {
        Measure.Bytes => sample.Work / sample.Seconds / 1e6,
        Measure.Calls => sample.Work / sample.Seconds,
        Measure.Duration => sample.Seconds,
        _ => sample.MemoryBytes / (double)(1 << 20),
    };

    double Cpu(Sample sample) => Measure switch
    {
        Measure.Bytes => sample.CpuSeconds / sample.Work * (1L << 30),
        Measure.Calls => sample.CpuSeconds / sample.Work * 1e6,
        Measure.Duration => sample.CpuSeconds,
        _ => sample.CpuSeconds / sample.Seconds * 100,
    };
}
