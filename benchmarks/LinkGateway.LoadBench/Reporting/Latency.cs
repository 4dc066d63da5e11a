namespace LinkGateway.LoadBench.Reporting;

/// <summary>How long calls took, in milliseconds.</summary>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P99">99 of 100.</param>
/// <param name="P999">999 of 1000.</param>
sealed record Latency(double P50, double P99, double P999)
{
    public static Latency Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        if (sorted.Length == 0) throw new InvalidOperationException("Nothing was called.");
        return new Latency(At(0.5), At(0.99), At(0.999));

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}
