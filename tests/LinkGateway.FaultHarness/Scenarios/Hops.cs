using System.Diagnostics;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Sending;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// A measurement: how much longer a file takes over two gateways than over one, both in one run: with each line capped, when pipelining
/// must hide the second hop, and as fast as the machine can. What is compared is the time from the first byte until the last gateway has
/// all of it and begins to publish it; the publication itself, a copy of the file on the same disk, is told beside it.
/// </summary>
sealed class Hops : Scenario
{
    const int Cap = 50_000_000;
    const double MostWithCap = 1.10;
    const double GiB = 1 << 30;

    public override string Name => "hops";

    public override int LongRuns => 1;

    public override bool OnlyByName => true;

    public override FleetPlan Plan(HarnessOptions options) => new() { ChunkSize = "16MiB" };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        // The receiver would take what is looked for.
        await run.Fleet.Taker.KillAsync();
        // Not measured: the first file pays for what is compiled and connected.
        await TwoAsync(run, 64 << 20, "warm-up", cancellationToken);
        var size = run.Options.Size ?? 1 << 30;
        SetCap(run.Fleet, Cap);
        var capped = await RatioAsync(run, size, "capped", cancellationToken);
        SetCap(run.Fleet, 0);
        await RatioAsync(run, size, "uncapped", cancellationToken);
        run.Fleet.Taker.Start();
        if (capped > MostWithCap) throw new ScenarioException($"With capped lines the second hop takes {capped:F3} of the single one.");
    }

    static async Task<double> RatioAsync(ScenarioRun run, long size, string what, CancellationToken cancellationToken)
    {
        var one = await OneAsync(run, size, what, cancellationToken);
        var two = await TwoAsync(run, size, what, cancellationToken);
        var gib = size / GiB;
        run.Note += $"\n        {what}: one hop {one}, two hops {two}, ratio {two.Taken / one.Taken:F3}, with the publication "
            + $"{two.Published / one.Published:F3}; CPU seconds per GiB: one hop {one.Cpu / gib:F2}, two hops {two.Cpu / gib:F2}, "
            + $"{(two.Cpu - one.Cpu) / gib:F2} for the second hop";
        return two.Taken / one.Taken;
    }

    static Task<Times> OneAsync(ScenarioRun run, long size, string what, CancellationToken cancellationToken)
    {
        // For the archive, whose folder is not judged.
        var file = run.Fleet.Outbox.Write($"one-{what}.csv", size, run.Random);
        var sender = run.Fleet.SenderTo(FleetConfiguration.Archive);
        return MeasureAsync(run.Fleet, sender, file, run.Fleet.ArchiveFolder, cancellationToken);
    }

    static Task<Times> TwoAsync(ScenarioRun run, long size, string what, CancellationToken cancellationToken) =>
        MeasureAsync(run.Fleet, run.Fleet.Sender, run.File(size), run.Fleet.ReceiverFolder, cancellationToken);

    static async Task<Times> MeasureAsync(
        Fleet fleet, Sender sender, OutgoingFile file, string folder, CancellationToken cancellationToken)
    {
        var before = Cpu(fleet.Gateways);
        var clock = Stopwatch.StartNew();
        var sending = sender.SendAsync(file, cancellationToken, "--id", file.Name);
        double? taken = null;
        while (!File.Exists(Path.Combine(folder, file.Name + ".ctl.json")))
        {
            if (sending.IsFaulted) await sending;
            if (taken is null && IsPublishing(folder)) taken = clock.Elapsed.TotalSeconds;
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }

        var published = clock.Elapsed.TotalSeconds;
        await sending;
        return new Times(taken ?? published, published, Cpu(fleet.Gateways) - before);
    }

    // A gateway begins to lay a file down beside its place when it has accepted it.
    static bool IsPublishing(string folder)
    {
        var inside = Path.Combine(folder, ".linkgw");
        return Directory.Exists(inside) && Directory.EnumerateFiles(inside, "*", SearchOption.AllDirectories).Any();
    }

    static double Cpu(IEnumerable<GatewayProcess> gateways) => gateways.Sum(gateway => ProcessMeter.CpuSeconds(gateway.ProcessId));

    static void SetCap(Fleet fleet, long bytesPerSecond)
    {
        foreach (var line in fleet.Proxies) line.BytesPerSecond = bytesPerSecond;
    }

    /// <summary>When a file was whole at the last gateway, and when it was published, in seconds; and the gateways' CPU seconds.</summary>
    sealed record Times(double Taken, double Published, double Cpu)
    {
        public override string ToString() => $"{Taken:F1} s (published after {Published:F1} s)";
    }
}
