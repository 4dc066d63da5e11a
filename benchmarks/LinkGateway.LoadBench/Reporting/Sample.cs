namespace LinkGateway.LoadBench.Reporting;

/// <summary>One measured run.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="CpuSeconds">CPU time of the server process.</param>
/// <param name="PeakBytes">Its peak resident memory.</param>
sealed record Sample(double Seconds, double CpuSeconds, long PeakBytes);
