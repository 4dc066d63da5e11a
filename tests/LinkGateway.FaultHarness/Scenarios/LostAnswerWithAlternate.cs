using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>The middle gateway's answer to the commit is lost and it is not to be reached for a while; there is another path.</summary>
sealed class LostAnswerWithAlternate : Scenario
{
    public override string Name => "commit-answer-lost-alternate";

    // The first gateway keeps to the other path until the first one has been well for a while.
    public override bool Alone => true;

    public override FleetPlan Plan(HarnessOptions options) => new() { Middle = true, Alternate = true, Opened = true };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var line = run.Fleet.ToMiddle!;
        var lost = line.In("CommitTransfer", 0, connection =>
        {
            line.Refuses = true;
            connection.LoseAnswer();
        });
        await run.SendAsync(run.File(), cancellationToken);
        await lost.WaitAsync(cancellationToken);
        await Task.Delay(run.Moment(6000), cancellationToken);
        line.Refuses = false;
    }
}
