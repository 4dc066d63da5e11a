using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>An operator sets the clock of a gateway wrong in the middle of a transfer, and right again a little later.</summary>
sealed class SetClock(string name, int direction) : Scenario
{
    public override string Name => name;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (file, line) = (run.File(), Leg.InTurn(run));
        var victim = line == run.Fleet.ToEntry ? run.Fleet.Entry : run.Fleet.Last;
        var orders = run.Fleet.OrdersOf(victim);
        var reached = line.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        await orders.SetClockAsync(direction * TimeSpan.FromMinutes(2 + run.Random.Next(run.Random.Next(2) == 0 ? 120 : 5 * 24 * 60)));
        // What is sent in the wrong time, and what fails and is planned again in it, must not wait for that time.
        run.Fleet.ToLast.CutAll();
        var second = run.SendAsync(run.File(), cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        run.Fleet.ToLast.CutAll();
        await orders.SetClockAsync(TimeSpan.Zero);
        await sending;
        await second;
    }
}
