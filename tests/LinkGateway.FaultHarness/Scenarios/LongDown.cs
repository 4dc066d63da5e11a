using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// The last gateway is down for a long time by the clock, files go on being sent, and then the backlog drains: one at a time, as these
/// gateways have one worker, and behind the one that finds the way open in the order in which they were accepted.
/// </summary>
sealed class LongDown(string name, TimeSpan time) : Scenario
{
    public override string Name => name;

    public override int LongRuns => 3;

    public override bool Alone => true;

    public override FleetPlan Plan(HarnessOptions options) => new() { DeliveryWorkers = 1 };

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
        foreach (var file in run.Files) await run.ArrivalAsync(file, cancellationToken);
        var sent = run.Files.Select(file => file.Name).ToList();
        var taken = run.Fleet.Taker.Taken.Select(one => one.OriginalName).Where(sent.Contains).Distinct().ToList();
        // One of them finds out that the way is open again, and is through before the others are told.
        var others = taken.Skip(1).ToList();
        if (!others.SequenceEqual(sent.Where(others.Contains)))
            throw new ScenarioException($"The backlog came in another order: {string.Join(", ", taken)}");
    }
}
