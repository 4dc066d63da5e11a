using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Proxying;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>The line is cut at a stage of the transfer: before both gateways in turn.</summary>
sealed class CutLine(string stage, string operation, bool within, Action<ProxiedConnection> fault) : Scenario
{
    const int Chunk = 1 << 20;

    public static readonly IReadOnlyList<Scenario> AtEveryStage =
    [
        new CutLine("open", "OpenTransfer", within: false, line => line.Cut()),
        new CutLine("open-answer", "OpenTransfer", within: false, line => line.LoseAnswer()),
        new CutLine("chunk", "PutChunk", within: true, line => line.Cut()),
        new CutLine("chunk-answer", "PutChunk", within: false, line => line.LoseAnswer()),
        new CutLine("commit", "CommitTransfer", within: false, line => line.Cut()),
        new CutLine("commit-answer", "CommitTransfer", within: false, line => line.LoseAnswer()),
    ];

    public override string Name => "cut-" + stage;

    public override FleetPlan Plan(HarnessOptions options) => new() { Opened = true };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var file = run.File(Chunk + run.Random.Next(4 * Chunk));
        var cut = Leg.InTurn(run).In(operation, within ? run.Somewhere(Chunk) : 0, fault);
        await run.SendAsync(file, cancellationToken);
        await cut.WaitAsync(cancellationToken);
    }
}
