using System.Diagnostics;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;
using LinkGateway.Testing.Files;

namespace LinkGateway.FaultHarness.Scenarios;

/// <summary>
/// Both gateways get SIGTERM in the middle of a transfer and this build starts on the same data. With <c>--old COMMIT</c> it is that
/// commit's build that began.
/// </summary>
sealed class Update : Scenario
{
    string? _earlier;

    public override string Name => "update";

    public override int LongRuns => 5;

    public override bool Alone => true;

    public override FleetPlan Plan(HarnessOptions options) =>
        new() { EarlierBuild = options.Old is { } commit ? _earlier ??= Build(commit) : null };

    public override async Task RunAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var (fleet, file) = (run.Fleet, run.File());
        var line = Leg.InTurn(run);
        var reached = line.After(run.Somewhere(file.Size), _ => { });
        var sending = run.SendAsync(file, cancellationToken);
        await reached.WaitAsync(cancellationToken);
        foreach (var gateway in fleet.Gateways)
        {
            await gateway.StopAsync();
            gateway.From = null;
            await fleet.StartAsync(gateway);
        }
        await sending;
    }

    static string Build(string commit)
    {
        var tree = Path.Combine(Path.GetTempPath(), $"linkgateway-faults-old-{Environment.ProcessId}");
        Run("git", "-C", Repository.Root, "worktree", "add", "--detach", tree, commit);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run("git", "-C", Repository.Root, "worktree", "remove", "--force", tree);
        Run("dotnet", "build", "-c", "Release", "--nologo", "-v", "q", Path.Combine(tree, "src", "LinkGateway.Server"));
        return Path.Combine(tree, "src", "LinkGateway.Server", "bin", "Release", "net10.0");
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new ScenarioException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
    }
}
