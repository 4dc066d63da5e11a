using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Receiving;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// The receiver fetches files out of the last gateway's inbox by <c>linkgw receive</c>, and something breaks behind any number of bytes:
/// it, the gateway, or the line between them.
/// </summary>
sealed class BrokenFetch(string name, Func<Fleet, Task> fault) : Scenario
{
    // Slow enough that the fault hits the middle of a file.
    const int Rate = 16 << 20;

    // Requests, answers and TLS around a file: some faults fall before its first byte, some into its confirmation.
    const int Around = 48 << 10;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static readonly IReadOnlyList<Scenario> OfEveryKind =
    [
        new BrokenFetch("kill-fetcher", async fleet =>
        {
            await fleet.Taker.KillAsync();
            fleet.Taker.Start();
        }),
        new BrokenFetch("kill-inbox-gateway", fleet => fleet.RestartAsync(fleet.Last)),
        new BrokenFetch("cut-fetch", fleet =>
        {
            fleet.ToReceiver!.CutAll();
            return Task.CompletedTask;
        }),
    ];

    public override string Name => name;

    public override int LongRuns => 20;

    public override int ShortRuns => 2;

    public override FleetPlan Plan(HarnessOptions options) => new() { Receiver = ReceiverKind.Inbox };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var line = run.Fleet.ToReceiver!;
        line.BytesPerSecond = Rate;
        var (file, before) = (run.File(), line.Received);
        var reached = before + run.Somewhere(file.Size + Around);
        var moment = run.Moment(run.Random.Next(2) == 0 ? 10 : 200);
        var sending = run.SendAsync(file, cancellationToken);
        var arriving = run.ArrivalAsync(file, cancellationToken);
        while (line.Received < reached && !arriving.IsCompleted) await Task.Delay(Pause, cancellationToken);
        await Task.Delay(moment, cancellationToken);
        await fault(run.Fleet);
        await sending;
        await arriving;
        line.BytesPerSecond = 0;
    }
}
