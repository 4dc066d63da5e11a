using System.Diagnostics;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Judging;

namespace LinkGateway.FaultHarness.Running;

/// <summary>Runs scenarios as often as asked, and judges each run.</summary>
sealed class Runner(HarnessOptions options, string folder) : IDisposable
{
    // Gateways keep payloads for days: fresh ones now and then keep the disk from filling up.
    const int RunsOfAFleet = 20;

    Fleet? _fleet;
    int _fleets;
    int _runsOfFleet;

    /// <summary>Runs a scenario.</summary>
    public async Task<ScenarioResult> RunAsync(Scenario scenario)
    {
        if (scenario.Obstacle(options) is { } obstacle) return new ScenarioResult(scenario.Name) { Skipped = obstacle };
        var result = new ScenarioResult(scenario.Name);
        var runs = options.Runs ?? (options.Short ? scenario.ShortRuns : scenario.LongRuns);
        var clock = Stopwatch.StartNew();
        for (var index = 0; index < runs; index++)
        {
            var fleet = await FleetAsync(scenario);
            if (!await RunOneAsync(scenario, result, new ScenarioRun(scenario.Name, index, options, fleet))) await KeepAsync(result);
            else if (scenario.Alone) Dispose();
        }
        result.Seconds = clock.Elapsed.TotalSeconds;
        return result;
    }

    /// <summary>Ends the gateways that run, and takes away what they leave.</summary>
    public void Dispose()
    {
        if (_fleet is null) return;
        _fleet.Dispose();
        Directory.Delete(_fleet.Folder, recursive: true);
        _fleet = null;
    }

    async Task<Fleet> FleetAsync(Scenario scenario)
    {
        if (scenario.Alone) Dispose();
        var plan = scenario.Plan(options);
        if (_fleet?.Plan != plan || ++_runsOfFleet > RunsOfAFleet) Dispose();
        if (_fleet is not null) return _fleet;
        _runsOfFleet = 1;
        return _fleet = await Fleet.StartAsync(plan, Path.Combine(folder, $"gateways-{++_fleets:D3}"));
    }

    // After a failure nothing of these gateways is taken for granted, and everything of them may tell why.
    async Task KeepAsync(ScenarioResult result)
    {
        foreach (var gateway in _fleet!.Gateways) await File.WriteAllTextAsync(Path.Combine(gateway.Folder, "gateway.log"), gateway.Log);
        _fleet.Dispose();
        result.Notes.Add($"everything is kept in {_fleet.Folder}");
        _fleet = null;
    }

    static async Task<bool> RunOneAsync(Scenario scenario, ScenarioResult result, ScenarioRun run)
    {
        using var patience = new CancellationTokenSource(scenario.LongestRun);
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
    static long Payload(ScenarioRun run) => run.Files.Where(file => file.Accepted).Sum(file => file.Size) * run.Fleet.Plan.Legs;
}
