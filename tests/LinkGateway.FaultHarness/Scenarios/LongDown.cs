using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>The last gateway is down for a long time by the clock, files go on being sent, and then the backlog drains.</summary>
sealed class LongDown(string name, TimeSpan time) : Scenario
{
    public override string Name => name;

    public override int LongRuns => 3;

    public override bool Alone => true;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (entry, last) = (run.Fleet.Entry, run.Fleet.Last);
        var steps = run.Options.Short ? 3 : 10;
        await last.KillAsync();
        for (var step = 1; step <= steps; step++)
        {
            await run.Fleet.OrdersOf(entry).SetClockAsync(time * step / steps);
            await run.SendAsync(run.File(), cancellationToken);
        }
        await run.Fleet.OrdersOf(last).SetClockAsync(time);
        await run.Fleet.StartAsync(last);
    }
}
