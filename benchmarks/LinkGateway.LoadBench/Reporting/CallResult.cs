namespace LinkGateway.LoadBench.Reporting;

/// <summary>All runs of one variant of small calls.</summary>
/// <param name="Scenario">Such as <c>relay</c>.</param>
/// <param name="Variant">Such as <c>gateway</c>, or the comparator.</param>
/// <param name="Samples">The runs, in order.</param>
/// <param name="Comparator">Variant that it is compared with; null for the comparator itself.</param>
sealed record CallResult(string Scenario, string Variant, IReadOnlyList<CallSample> Samples, string? Comparator)
{
    public double MedianRate => ScenarioResult.Median(Samples.Select(Rate));

    public double MinRate => Samples.Min(Rate);

    public double MaxRate => Samples.Max(Rate);

    public double MedianP99 => ScenarioResult.Median(Samples.Select(sample => sample.P99Milliseconds));

    public double HighestP99 => Samples.Max(sample => sample.P99Milliseconds);

    public double CpuMicrosecondsPerCall => ScenarioResult.Median(Samples.Select(sample => sample.CpuSeconds / sample.Calls * 1e6));

    static double Rate(CallSample sample) => sample.Calls / sample.Seconds;
}
