using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>All lines carry 64 kbit/s, and each byte half a second later.</summary>
sealed class SlowLine : Scenario
{
    const int Rate = 64_000 / 8;

    public override string Name => "64-kbit";

    public override int LongRuns => 4;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        foreach (var line in run.Fleet.Proxies) (line.BytesPerSecond, line.Delay) = (Rate, TimeSpan.FromMilliseconds(500));
        await run.SendAsync(run.File(20_000 + run.Random.Next(run.Options.Short ? 20_000 : 300_000)), cancellationToken);
        foreach (var line in run.Fleet.Proxies) (line.BytesPerSecond, line.Delay) = (0, TimeSpan.Zero);
    }
}
