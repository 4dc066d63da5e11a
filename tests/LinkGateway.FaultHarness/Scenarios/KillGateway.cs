using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Proxying;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>SIGKILL of a gateway anywhere between the first byte and the delivered receipt.</summary>
sealed class KillGateway(string name, Func<Fleet, GatewayProcess> victim, Func<Fleet, FaultProxy> line) : Scenario
{
    public override string Name => name;

    public override int LongRuns => 75;

    public override int ShortRuns => 2;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var file = run.File();
        var reached = line(run.Fleet).After(run.Somewhere(file.Size + (32 << 10)), _ => { });
        // The pause lets some kills fall behind the last chunk: into commit, publication and receipts.
        var moment = run.Moment(run.Random.Next(2) == 0 ? 10 : 300);
        var sending = run.SendAsync(file, cancellationToken);
        await Task.WhenAny(reached, sending);
        await Task.Delay(moment, cancellationToken);
        await run.Fleet.RestartAsync(victim(run.Fleet));
        await sending;
    }
}
