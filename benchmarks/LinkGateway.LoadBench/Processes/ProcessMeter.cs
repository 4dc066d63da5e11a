using System.Globalization;

namespace LinkGateway.LoadBench.Processes;

/// <summary>Reads from the system (Linux /proc) what processes, with those that they started, have used.</summary>
static class ProcessMeter
{
    // USER_HZ, in which /proc/PID/stat counts, is 100 on every Linux that .NET runs on.
    const double TicksPerSecond = 100;

    /// <summary>CPU seconds used so far, user and system.</summary>
    public static double CpuSeconds(int processId)
    {
        var fields = Stat(processId);
        return ((Number(fields[11]) + Number(fields[12])) / TicksPerSecond) + Children(processId).Sum(CpuSeconds);
    }

    /// <summary>CPU seconds that children of this process have used which have ended.</summary>
    public static double CpuSecondsOfEnded()
    {
        var fields = Stat(Environment.ProcessId);
        return (Number(fields[13]) + Number(fields[14])) / TicksPerSecond;
    }

    /// <summary>Peak resident memory in bytes since the start or the last reset.</summary>
    public static long PeakMemory(int processId) => Memory(processId, "VmHWM:") + Children(processId).Sum(PeakMemory);

    /// <summary>Resident memory in bytes.</summary>
    public static long ResidentMemory(int processId) => Memory(processId, "VmRSS:") + Children(processId).Sum(ResidentMemory);

    /// <summary>Begins a new peak.</summary>
    public static void ResetPeak(int processId)
    {
        File.WriteAllText($"/proc/{processId}/clear_refs", "5");
        foreach (var child in Children(processId)) ResetPeak(child);
    }

    static string[] Stat(int processId)
    {
        // The command name may hold blanks and parentheses; fields count from behind its end.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    // Of the first thread: enough for programs that start others from there, as nginx does. Our own children are measured apart.
    static int[] Children(int processId) => processId == Environment.ProcessId
        ? []
        : [.. File.ReadAllText($"/proc/{processId}/task/{processId}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];

    static long Memory(int processId, string field)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return (long)Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024;
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
