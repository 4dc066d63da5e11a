using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>A connection goes deaf in one direction and nobody is told, until something on the way forgets it and cuts it.</summary>
sealed class OneWayLine : Scenario
{
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    public override string Name => "one-way";

    public override int LongRuns => 12;

    public override FleetPlan Plan(HarnessOptions options) => new() { Silence = Silence };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (file, line, up) = (run.File(), Leg.InTurn(run), run.Random.Next(2) == 0);
        var deaf = line.After(run.Somewhere(file.Size), connection =>
        {
            if (up) connection.DropUp();
            else connection.DropDown();
        });
        var sending = run.SendAsync(file, cancellationToken);
        await deaf.WaitAsync(cancellationToken);
        await Task.Delay(2 * Silence, cancellationToken);
        line.CutAll();
        await sending;
    }
}
