using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>SIGHUP of both gateways again and again while files pass, with good and with broken configurations.</summary>
sealed class Reload : Scenario
{
    public override string Name => "reload";

    public override int LongRuns => 5;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var sending = Task.WhenAll(run.SendAsync(run.File(), cancellationToken), run.SendAsync(run.File(), cancellationToken));
        while (!sending.IsCompleted)
        {
            foreach (var gateway in run.Fleet.Gateways) await ReloadAsync(gateway, run.Random.Next(1, 1000));
        }
        await sending;
    }

    static async Task ReloadAsync(GatewayProcess gateway, int days)
    {
        var good = Path.Combine(gateway.Folder, "gateway.json");
        var text = await File.ReadAllTextAsync(good);
        gateway.WriteConfiguration(text[..^2]);
        await gateway.ReloadAsync("stays in force");
        gateway.WriteConfiguration(text);
        gateway.Configure(configuration => configuration["routes"]![0]!["retention"] = $"{days}.00:00:00");
        await gateway.ReloadAsync("is in force");
    }
}
