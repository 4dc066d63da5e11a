using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Judging;
using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Sending;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// Planted faults show that the judge sees what it is there for: of four files that the gateways deliver rightly, one vanishes before the
/// receiver takes it, one is published once more, and one is changed.
/// </summary>
sealed class JudgeTheJudge : Scenario
{
    const string ControlExtension = ".ctl.json";
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // The file that vanished never settles.
    static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(2);

    public override string Name => "judge";

    public override int LongRuns => 3;

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (taker, folder) = (run.Fleet.Taker, run.Fleet.ReceiverFolder);
        await taker.KillAsync();
        // Not of the run: that what is planted here is not counted as the gateways' fault.
        var files = new[] { "right", "lost", "doubled", "changed" }
            .Select(what => run.Fleet.Outbox.Write($"judge-{run.Index:D3}-{what}.csv", 1000 + run.Random.Next(1 << 20), run.Random))
            .ToList();
        foreach (var file in files)
        {
            await run.SendAsync(file, cancellationToken);
            await WaitAsync(() => File.Exists(Published(file) + ControlExtension), cancellationToken);
        }
        var (lost, doubled, changed) = (files[1], files[2], files[3]);
        File.Delete(Published(lost));
        File.Delete(Published(lost) + ControlExtension);
        Flip(Published(changed), run.Random.Next((int)changed.Size));
        var kept = Path.Combine(run.Fleet.Folder, "kept");
        File.Copy(Published(doubled), kept, overwrite: true);
        File.Copy(Published(doubled) + ControlExtension, kept + ControlExtension, overwrite: true);
        taker.Start();
        await WaitAsync(() => !Directory.EnumerateFiles(folder, "*" + ControlExtension).Any(), cancellationToken);
        await run.ArrivalAsync(doubled, cancellationToken);
        File.Move(kept, Published(doubled));
        File.Move(kept + ControlExtension, Published(doubled) + ControlExtension);
        await WaitAsync(() => taker.Taken.Count(one => one.OriginalName == doubled.Name) == 2, cancellationToken);

        // All but what is planted has settled.
        foreach (var file in files) await ReceiptAsync(run.Fleet, file, cancellationToken);
        var verdict = await new Judge(run.Fleet, files, SettleTime).JudgeAsync(cancellationToken);
        if (verdict is not { Losses: 1, Duplicates: 1, Changed: 1, Holds: false } || verdict.Unsettled.Count != 1)
            throw new ScenarioException($"The judge did not see what was planted: {verdict} {string.Join("; ", verdict.Unsettled)}");
        if (!(await new Judge(run.Fleet, [files[0]]).JudgeAsync(cancellationToken)).Holds)
            throw new ScenarioException("The judge saw a fault where none was planted.");
        foreach (var file in files) File.Delete(file.Path);

        string Published(OutgoingFile file) => Path.Combine(folder, file.Name);
    }

    static void Flip(string path, int at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(old ^ 1));
    }

    static async Task ReceiptAsync(Fleet fleet, OutgoingFile file, CancellationToken cancellationToken)
    {
        while ((await fleet.ReceiptsAsync(file.TransferId!)).All(receipt => receipt.Kind != "delivered"))
            await Task.Delay(Pause, cancellationToken);
    }

    static async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition()) await Task.Delay(Pause, cancellationToken);
    }
}
