using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>Three gateways: the first one is killed after it has given its receipt; it comes back and finishes.</summary>
sealed class EntryOfThree : Scenario
{
    public override string Name => "entry-killed-of-three";

    public override FleetPlan Plan(HarnessOptions options) => new() { Middle = true, Alternate = true };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        run.Fleet.ToMiddle!.BytesPerSecond = 2 << 20;
        await run.SendAsync(run.File(), cancellationToken);
        await Task.Delay(run.Moment(1000), cancellationToken);
        await run.Fleet.Entry.KillAsync();
        run.Fleet.ToMiddle.BytesPerSecond = 0;
        await Task.Delay(run.Moment(2000), cancellationToken);
        await run.Fleet.StartAsync(run.Fleet.Entry);
    }
}
