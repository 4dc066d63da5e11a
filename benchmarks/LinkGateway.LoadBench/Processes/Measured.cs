using System.Diagnostics;
using LinkGateway.LoadBench.Reporting;

namespace LinkGateway.LoadBench.Processes;

/// <summary>Measures what processes, with those that they started, use while something is done.</summary>
static class Measured
{
    /// <summary>Does it and measures.</summary>
    /// <param name="processes">Ids of the processes.</param>
    /// <param name="work">Bytes or calls that are done.</param>
    /// <param name="action">Does it.</param>
    public static async Task<Sample> RunAsync(IReadOnlyList<int> processes, double work, Func<Task> action)
    {
        foreach (var process in processes) ProcessMeter.ResetPeak(process);
        var cpu = processes.Sum(ProcessMeter.CpuSeconds);
        var clock = Stopwatch.StartNew();
        await action();
        clock.Stop();
        return new Sample(
            work, clock.Elapsed.TotalSeconds, processes.Sum(ProcessMeter.CpuSeconds) - cpu, processes.Sum(ProcessMeter.PeakMemory));
    }

    /// <inheritdoc cref="RunAsync(IReadOnlyList{int},double,Func{Task})"/>
    public static Task<Sample> RunAsync(int process, double work, Func<Task> action) => RunAsync([process], work, action);
}
