using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>SIGKILL of the receiver while it takes files.</summary>
sealed class KillTaker : Scenario
{
    const int FilesOfARun = 3;

    public override string Name => "kill-receiver";

    public override int LongRuns => 30;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var sending = Enumerable.Range(0, FilesOfARun).Select(_ => run.File()).ToList()
            .Select(file => run.SendAsync(file, cancellationToken)).ToList();
        var all = Task.WhenAll(sending);
        while (!all.IsCompleted)
        {
            await Task.Delay(run.Moment(400), cancellationToken);
            await run.Fleet.Taker.KillAsync();
            run.Fleet.Taker.Start();
        }
        await all;
    }
}
