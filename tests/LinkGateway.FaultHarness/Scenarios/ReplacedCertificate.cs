using LinkGateway.FaultHarness.Running;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// The last gateway gets a new TLS certificate in the middle of a transfer; the first one distrusts it until its operator has put the new
/// one in place and reloaded.
/// </summary>
sealed class ReplacedCertificate : Scenario
{
    public override string Name => "certificate-replaced";

    public override int LongRuns => 5;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (file, last) = (run.File(), run.Fleet.Last);
        var reached = run.Fleet.ToLast.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        await last.StopAsync();
        File.Delete(last.TlsCertificate);
        File.Delete(Path.ChangeExtension(last.TlsCertificate, ".pem"));
        await run.Fleet.StartAsync(last);
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        await run.Fleet.Entry.ReloadAsync("is in force");
        await sending;
    }
}
