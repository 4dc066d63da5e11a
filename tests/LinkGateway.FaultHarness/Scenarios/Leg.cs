using LinkGateway.FaultHarness.Proxying;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>Which line is hit.</summary>
static class Leg
{
    /// <summary>From the sender or from the first gateway to the last one: in turn, or by chance where there are few runs.</summary>
    public static FaultProxy InTurn(ScenarioRun run)
    {
        var first = run.Options.Short ? run.Random.Next(2) == 0 : run.Index % 2 == 0;
        return first ? run.Fleet.ToEntry : run.Fleet.ToLast;
    }
}
