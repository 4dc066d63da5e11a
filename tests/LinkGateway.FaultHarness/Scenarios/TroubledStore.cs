using System.Text.Json.Nodes;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>The spool of either gateway, or the receiver's folder, is in trouble for a while in the middle of a transfer.</summary>
sealed class TroubledStore(string name, string trouble, TimeSpan time) : Scenario
{
    public static readonly IReadOnlyList<Scenario> OfEveryKind =
    [
        new TroubledStore("disk-full", """{ "full": true }""", TimeSpan.FromSeconds(3)),
        new TroubledStore("read-only", """{ "readOnly": true }""", TimeSpan.FromSeconds(3)),
        new TroubledStore("hanging-store", """{ "hangs": true }""", TimeSpan.FromSeconds(5)),
        new TroubledStore("slow-flush", """{ "flushTime": "00:00:00.300" }""", TimeSpan.FromSeconds(3)),
    ];

    public override string Name => name;

    public override int LongRuns => 9;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var fleet = run.Fleet;
        var (victim, part, line) = run.Random.Next(3) switch
        {
            0 => (fleet.Entry, "spool", fleet.ToEntry),
            1 => (fleet.Last, "spool", fleet.ToLast),
            _ => (fleet.Last, "folder", fleet.ToLast),
        };
        var file = run.File();
        var reached = line.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        await fleet.OrdersOf(victim).GiveAsync(part, JsonNode.Parse(trouble));
        // The second one meets the trouble at its beginning.
        var second = run.SendAsync(run.File(), cancellationToken);
        await Task.Delay(time, cancellationToken);
        await fleet.OrdersOf(victim).GiveAsync(part, null);
        await sending;
        await second;
    }
}
