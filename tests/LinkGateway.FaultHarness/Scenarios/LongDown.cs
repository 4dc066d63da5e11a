using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>The last gateway is down for a long time by the clock, files go on being sent, and then the backlog drains.</summary>
sealed class LongDown(string name, TimeSpan time) : Scenario
{
    const int Steps = 6;

    TimeSpan _ahead;

    public override string Name => name;

    public override int LongRuns => 3;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (entry, last) = (run.Fleet.Entry, run.Fleet.Last);
        // The clocks of a run that is the first of its gateways begin right.
        if (run.Fleet.OrdersOf(entry).IsNew) _ahead = TimeSpan.Zero;
        await last.KillAsync();
        for (var step = 0; step < Steps; step++)
        {
            _ahead += time / Steps;
            await run.Fleet.OrdersOf(entry).SetClockAsync(_ahead);
            await run.SendAsync(run.File(), cancellationToken);
        }
        await run.Fleet.OrdersOf(last).SetClockAsync(_ahead);
        await run.Fleet.StartAsync(last);
    }
}
