using System.Diagnostics;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// Journal and spool of the last gateway lie on a real small disk (tmpfs), and something fills it. Needs the right to mount: as root, or
/// under <c>unshare -rm</c>.
/// </summary>
sealed class FullDisk : Scenario
{
    const int Size = 64 << 20;

    static readonly string Disk = Path.Combine(Path.GetTempPath(), $"linkgateway-faults-disk-{Environment.ProcessId}");

    public override string Name => "disk-full-tmpfs";

    public override int LongRuns => 4;

    public override bool Alone => true;

    public override FleetPlan Plan(HarnessOptions options)
    {
        foreach (var folder in Directory.EnumerateDirectories(Disk)) Directory.Delete(folder, recursive: true);
        return new FleetPlan { DiskOfLast = Disk };
    }

    public override string? Obstacle(HarnessOptions options)
    {
        if (!OperatingSystem.IsLinux()) return "no Linux";
        if (Directory.Exists(Disk)) return null;
        Directory.CreateDirectory(Disk);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", Disk) != 0)
        {
            Directory.Delete(Disk);
            return "a disk cannot be mounted; as root or under `unshare -rm` it can";
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Run("umount", "-l", Disk);
            Directory.Delete(Disk);
        };
        return null;
    }

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var file = run.File(2 << 20);
        var reached = run.Fleet.ToLast.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        var filler = Path.Combine(Disk, "filler");
        Fill(filler);
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        File.Delete(filler);
        await sending;
    }

    static void Fill(string path)
    {
        using var stream = File.Create(path);
        try
        {
            var block = new byte[64 << 10];
            while (true) stream.Write(block);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
