namespace LinkGateway.LoadBench.Reporting;

/// <summary>One measured run.</summary>
/// <param name="Work">Bytes, or calls; 1 where only the time counts.</param>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="CpuSeconds">CPU time of what is measured.</param>
/// <param name="MemoryBytes">Its peak resident memory; of a process at rest, its resident memory. 0: not measured.</param>
/// <param name="Latency">How long calls took; null where there are none.</param>
sealed record Sample(double Work, double Seconds, double CpuSeconds, long MemoryBytes, Latency? Latency = null);
