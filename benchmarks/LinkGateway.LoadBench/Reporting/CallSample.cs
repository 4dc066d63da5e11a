namespace LinkGateway.LoadBench.Reporting;

/// <summary>One measured run of small calls.</summary>
/// <param name="Calls">Calls answered.</param>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="P99Milliseconds">99 of 100 calls took no longer.</param>
/// <param name="CpuSeconds">CPU time of what stands between client and backend.</param>
sealed record CallSample(long Calls, double Seconds, double P99Milliseconds, double CpuSeconds);
