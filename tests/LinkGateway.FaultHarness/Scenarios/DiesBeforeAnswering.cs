using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>The last gateway takes the commit and dies before its answer is out: it may have accepted, or not.</summary>
sealed class DiesBeforeAnswering : Scenario
{
    public override string Name => "dies-before-answering";

    public override int LongRuns => 20;

    public override FleetPlan Plan(HarnessOptions options) => new() { Opened = true };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var moment = run.Moment(60);
        var committing = run.Fleet.ToLast.In("CommitTransfer", 0, line => line.LoseAnswer());
        var sending = run.SendAsync(run.File(), cancellationToken);
        await committing.WaitAsync(cancellationToken);
        await Task.Delay(moment, cancellationToken);
        await run.Fleet.RestartAsync(run.Fleet.Last);
        await sending;
    }
}
