using LinkGateway.FaultHarness.Proxying;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>Which line is hit.</summary>
static class Leg
{
    /// <summary>From the sender or from the first gateway to the last one, in turn.</summary>
    public static FaultProxy InTurn(ScenarioRun run) => run.Index % 2 == 0 ? run.Fleet.ToEntry : run.Fleet.ToLast;
}
