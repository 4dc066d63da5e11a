using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// SIGKILL between any two steps of the publication in a folder, with a receiver that takes files at once: before the n-th step (the
/// journal may have been written since the one before) and after it (the journal has not).
/// </summary>
sealed class KillPublication : Scenario
{
    // Folder made; data deleted, created, flushed; control file deleted, created, flushed, renamed, folder flushed; data renamed, two
    // folders flushed; control file renamed, two folders flushed.
    const int Steps = 15;

    public override string Name => "kill-publication";

    public override int LongRuns => 4 * Steps;

    public override int ShortRuns => 4;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        // All points in turn in the long form, some at random in the short one.
        var point = run.Options.Short ? run.Random.Next(2 * Steps) : run.Index % (2 * Steps);
        var orders = run.Fleet.OrdersOf(run.Fleet.Last);
        var order = point % 2 == 0 ? "killBefore" : "killAfter";
        await orders.GiveAsync(order, (point / 2) + 1);
        var sending = run.SendAsync(run.File(100_000 + run.Random.Next(2 << 20)), cancellationToken);
        await run.Fleet.Last.EndAsync();
        await orders.GiveAsync(order, null);
        await run.Fleet.StartAsync(run.Fleet.Last);
        await sending;
    }
}
