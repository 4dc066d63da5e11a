using System.Diagnostics;
using System.Text.Json.Nodes;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>A measurement: files that share a destination's bandwidth take the time that all their bytes need by it.</summary>
sealed class CappedLine : Scenario
{
    const int Rate = 512 << 10;
    const int Files = 3;

    // What may go at once after a pause.
    static readonly TimeSpan Burst = TimeSpan.FromSeconds(0.5);

    // Equal plans share gateways: the change must be the same each time.
    static readonly Action<JsonNode> Cap = configuration =>
        configuration["destinations"]!.AsArray().First(item => (string?)item!["kind"] == "gateway")!["bandwidth"] = Rate;

    public override string Name => "capped-line";

    public override int LongRuns => 3;

    public override FleetPlan Plan(HarnessOptions options) => new() { Entry = Cap };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var size = run.Options.Short ? 1 << 20 : 8 << 20;
        var files = Enumerable.Range(0, Files).Select(_ => run.File(size)).ToList();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(files.Select(file => run.SendAsync(file, cancellationToken)));
        foreach (var file in files) await run.ArrivalAsync(file, cancellationToken);
        var (taken, least) = (clock.Elapsed, TimeSpan.FromSeconds((double)Files * size / Rate));
        run.Note = $"{Files} files of {size >> 20} MiB by {Rate >> 10} KiB/s: "
            + $"{taken.TotalSeconds:F1} s, by the cap {least.TotalSeconds:F1} s";
        if (taken < least - Burst) throw new ScenarioException("They came faster than the cap allows.");
    }
}
