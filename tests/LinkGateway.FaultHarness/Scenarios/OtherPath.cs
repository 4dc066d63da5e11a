using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// Three gateways: the middle one is killed in the middle of a transfer, which arrives by the other path; later it comes back.
/// </summary>
sealed class OtherPath : Scenario
{
    public override string Name => "middle-killed";

    public override int ShortRuns => 2;

    // The first gateway keeps to the other path until the first one has been well for a while.
    public override bool Alone => true;

    public override FleetPlan Plan(HarnessOptions options) => new() { Middle = true, Alternate = true };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (file, fleet) = (run.File(), run.Fleet);
        // Some points lie behind the hand-over: then the middle one has accepted, and must deliver or be asked when it is back.
        var line = run.Index % 2 == 0 ? fleet.ToMiddle! : fleet.MiddleToLast!;
        var reached = line.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        await fleet.Middle!.KillAsync();
        await sending;
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        if (fleet.Taker.Taken.Any(taken => taken.OriginalName == file.Name)) run.Note = "arrived while the middle gateway was down";
        await fleet.StartAsync(fleet.Middle);
    }
}
