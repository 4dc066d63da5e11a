using System.Diagnostics;
using System.Runtime.InteropServices;
using LinkGateway.LoadBench.Reporting;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.LoadBench.Load;

/// <summary>What the disk can do for one thread: append 4 KiB, flush, again.</summary>
static class DiskFlushes
{
    public static Task<Sample> RunAsync(string folder, TimeSpan time) => Task.Run(() =>
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.flushes");
        List<double> milliseconds = [];
        var block = new byte[4096];
        var clock = Stopwatch.StartNew();
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            while (clock.Elapsed < time)
            {
                var since = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, block, (long)milliseconds.Count * block.Length);
                if (FlushData(file) != 0) throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeErrorMessage()}");
                milliseconds.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
        }

        clock.Stop();
        File.Delete(path);
        return new Sample(milliseconds.Count, clock.Elapsed.TotalSeconds, 0, 0, Latency.Of(milliseconds));
    });

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    static extern int FlushData(SafeFileHandle file);
}
