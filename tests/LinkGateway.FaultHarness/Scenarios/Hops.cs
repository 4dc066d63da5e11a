using System.Diagnostics;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Sending;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// A measurement: how much longer a file takes over two gateways than over one, from the first byte until it is published, both in one run:
/// with each line capped, when pipelining must hide the second hop, and as fast as the machine can.
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
        run.Note += $"\n        {what}: one hop {one.Seconds:F1} s, two hops {two.Seconds:F1} s, ratio {two.Seconds / one.Seconds:F3}; "
            + $"CPU seconds per GiB: one hop {one.Cpu / gib:F2}, two hops {two.Cpu / gib:F2}, "
            + $"{(two.Cpu - one.Cpu) / gib:F2} for the second hop";
        return two.Seconds / one.Seconds;
    }

    static Task<(double Seconds, double Cpu)> OneAsync(ScenarioRun run, long size, string what, CancellationToken cancellationToken)
    {
        // For the archive, whose folder is not judged.
        var file = run.Fleet.Outbox.Write($"one-{what}.csv", size, run.Random);
        var sender = run.Fleet.SenderTo(FleetConfiguration.Archive);
        return MeasureAsync(run.Fleet, sender, file, run.Fleet.ArchiveFolder, cancellationToken);
    }

    static Task<(double Seconds, double Cpu)> TwoAsync(ScenarioRun run, long size, string what, CancellationToken cancellationToken) =>
        MeasureAsync(run.Fleet, run.Fleet.Sender, run.File(size), run.Fleet.ReceiverFolder, cancellationToken);

    static async Task<(double Seconds, double Cpu)> MeasureAsync(
        Fleet fleet, Sender sender, OutgoingFile file, string folder, CancellationToken cancellationToken)
    {
        var before = Cpu(fleet.Gateways);
        var clock = Stopwatch.StartNew();
        await sender.SendAsync(file, cancellationToken, "--id", file.Name);
        while (!File.Exists(Path.Combine(folder, file.Name + ".ctl.json")))
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        return (clock.Elapsed.TotalSeconds, Cpu(fleet.Gateways) - before);
    }

    static double Cpu(IEnumerable<GatewayProcess> gateways) => gateways.Sum(gateway => ProcessMeter.CpuSeconds(gateway.ProcessId));

    static void SetCap(Fleet fleet, long bytesPerSecond)
    {
        foreach (var line in fleet.Proxies) line.BytesPerSecond = bytesPerSecond;
    }
}
