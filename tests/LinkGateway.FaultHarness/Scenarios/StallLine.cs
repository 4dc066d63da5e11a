using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>Nothing passes for longer than the gateways allow an attachment to be silent.</summary>
sealed class StallLine : Scenario
{
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    public override string Name => "stall";

    public override FleetPlan Plan(HarnessOptions options) => new() { Silence = Silence };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (file, line) = (run.File(), Leg.InTurn(run));
        var stalled = line.After(run.Somewhere(file.Size), _ => line.Stall());
        var sending = run.SendAsync(file, cancellationToken);
        await stalled.WaitAsync(cancellationToken);
        await Task.Delay(Silence + Silence, cancellationToken);
        line.Release();
        await sending;
    }
}
