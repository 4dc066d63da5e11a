using System.Globalization;

namespace LinkGateway.LoadBench.Processes;

/// <summary>Reads from the system (Linux /proc) what a process has used.</summary>
static class ProcessMeter
{
    // USER_HZ, in which /proc/PID/stat counts, is 100 on every Linux that .NET runs on.
    const double TicksPerSecond = 100;

    /// <summary>CPU seconds used so far, user and system.</summary>
    public static double CpuSeconds(int processId)
    {
        // The command name may hold blanks and parentheses; fields count from behind its end.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    /// <summary>CPU seconds that a process and those that it started have used so far.</summary>
    public static double CpuSecondsOfTree(int processId) =>
        CpuSeconds(processId) + File.ReadAllText($"/proc/{processId}/task/{processId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Sum(child => CpuSecondsOfTree(int.Parse(child, CultureInfo.InvariantCulture)));

    /// <summary>Peak resident memory in bytes since the start or the last <see cref="ResetPeak"/>.</summary>
    public static long PeakMemory(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return (long)Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024;
    }

    /// <summary>Begins a new peak.</summary>
    public static void ResetPeak(int processId) => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
