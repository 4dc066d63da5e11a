using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>Something on the way that has opened TLS flips one bit of a chunk.</summary>
sealed class FlippedBit : Scenario
{
    const int Chunk = 1 << 20;

    // Behind the envelope and before the closing boundary: the bytes that nothing but a digest protects.
    const int Margin = 128 << 10;

    public override string Name => "flipped-bit";

    public override FleetPlan Plan(HarnessOptions options) => new() { Opened = true };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var file = run.File(Chunk + run.Random.Next(3 * Chunk));
        var flipped = Leg.InTurn(run).In("PutChunk", Margin + run.Somewhere(Chunk - (2 * Margin)), line => line.Flip());
        await run.SendAsync(file, cancellationToken);
        await flipped.WaitAsync(cancellationToken);
    }
}
