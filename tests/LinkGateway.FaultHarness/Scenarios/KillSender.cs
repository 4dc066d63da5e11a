using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Sending;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>SIGKILL of the sender anywhere; the job scheduler gives the same command again.</summary>
sealed class KillSender : Scenario
{
    public override string Name => "kill-sender";

    public override int LongRuns => 60;

    public override int ShortRuns => 2;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var file = run.File();
        // Some points lie behind the end of the file: then it is killed between its last chunk and the receipt, or not at all.
        var reached = run.Fleet.ToEntry.After(run.Somewhere(file.Size + (64 << 10)), _ => { });
        var moment = run.Moment(20);
        using (var linkgw = run.Fleet.Sender.Start(file, "--chunk-size", "1MiB"))
        {
            var ended = linkgw.ExitAsync();
            await Task.WhenAny(reached, ended);
            await Task.WhenAny(Task.Delay(moment, cancellationToken), ended);
            if (ended.IsCompleted) await Sender.EndAsync(linkgw, file);
            else await linkgw.KillAsync();
        }
        await run.SendAsync(file, cancellationToken);
    }
}
