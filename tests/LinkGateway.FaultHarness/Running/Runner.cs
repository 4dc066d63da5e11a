using System.Diagnostics;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Judging;

namespace LinkGateway.FaultHarness.Running;

/// <summary>Runs a scenario as often as asked, and judges each run.</summary>
sealed class Runner(HarnessOptions options, string folder)
{
    static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    /// <summary>Runs.</summary>
    public async Task<ScenarioResult> RunAsync(Scenario scenario)
    {
        if (scenario.Obstacle(options) is { } obstacle) return new ScenarioResult(scenario.Name) { Skipped = obstacle };
        var result = new ScenarioResult(scenario.Name);
        var runs = options.Runs ?? (options.Short ? scenario.ShortRuns : scenario.LongRuns);
        var clock = Stopwatch.StartNew();
        for (var first = 0; first < runs; first += scenario.RunsOfAFleet)
            await RunSomeAsync(scenario, result, first, Math.Min(runs, first + scenario.RunsOfAFleet));
        result.Seconds = clock.Elapsed.TotalSeconds;
        return result;
    }

    async Task RunSomeAsync(Scenario scenario, ScenarioResult result, int first, int end)
    {
        for (var index = first; index < end;)
        {
            var home = Path.Combine(folder, $"{scenario.Name}-{index:D3}");
            var fine = true;
            using (var fleet = await Fleet.StartAsync(scenario.Plan(options), home))
            {
                // After a failure nothing of these gateways is taken for granted.
                for (; index < end && fine; index++)
                    fine = await RunOneAsync(scenario, result, new ScenarioRun(scenario.Name, index, options, fleet));
                if (!fine) await KeepAsync(fleet);
            }
            if (fine) Directory.Delete(home, recursive: true);
            else result.Notes.Add($"everything is kept in {home}");
        }
    }

    static async Task<bool> RunOneAsync(Scenario scenario, ScenarioResult result, ScenarioRun run)
    {
        using var patience = new CancellationTokenSource(LongestRun);
        var before = run.Fleet.Sent;
        result.Runs++;
        string? failure = null;
        try
        {
            await scenario.RunAsync(run, patience.Token);
        }
        catch (Exception e)
        {
            failure = e is ScenarioException ? e.Message : e.ToString();
        }
        var fine = await JudgeAsync(result, run, failure, patience.Token);
        result.Resent += Math.Max(0, run.Fleet.Sent - before - Payload(run));
        result.Payload += Payload(run);
        foreach (var file in run.Files) File.Delete(file.Path);
        return fine;
    }

    static async Task<bool> JudgeAsync(ScenarioResult result, ScenarioRun run, string? failure, CancellationToken cancellationToken)
    {
        List<string> notes = failure is null ? [] : [failure];
        try
        {
            var verdict = await new Judge(run.Fleet, run.Files).JudgeAsync(cancellationToken);
            result.Losses += verdict.Losses;
            result.Duplicates += verdict.Duplicates;
            result.Changed += verdict.Changed;
            notes.AddRange(verdict.Unsettled);
            if (!verdict.Holds && notes.Count == 0) notes.Add($"{verdict}");
        }
        catch (Exception e)
        {
            notes.Add($"cannot be judged: {e}");
        }
        result.Files += run.Files.Count;
        if (run.Note.Length > 0) result.Notes.Add($"run {run.Index}: {run.Note}");
        result.Notes.AddRange(notes.Select(note => $"run {run.Index}: {note}"));
        if (notes.Count > 0) result.Failed++;
        return notes.Count == 0;
    }

    // Each line that a file has to pass counts once.
    static long Payload(ScenarioRun run) => run.Files.Where(file => file.Accepted).Sum(file => file.Size) * (run.Fleet.Plan.Middle ? 3 : 2);

    static Task KeepAsync(Fleet fleet) => Task.WhenAll(
        fleet.Gateways.Select(gateway => File.WriteAllTextAsync(Path.Combine(gateway.Folder, "gateway.log"), gateway.Log)));
}
