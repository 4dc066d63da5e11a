using LinkGateway.FaultHarness.Gateways;

namespace LinkGateway.FaultHarness.Running;

/// <summary>One way of breaking things.</summary>
abstract class Scenario
{
    /// <summary>As in the table and behind <c>--only</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Runs in the long form.</summary>
    public virtual int LongRuns => 10;

    /// <summary>Runs in the short form.</summary>
    public virtual int ShortRuns => 1;

    /// <summary>After how many runs it begins with fresh gateways: those keep payloads for days, and the disk fills up.</summary>
    public virtual int RunsOfAFleet => 20;

    /// <summary>Whether it runs only when it is named.</summary>
    public virtual bool OnlyByName => false;

    /// <summary>The gateways that it wants.</summary>
    public virtual FleetPlan Plan(HarnessOptions options) => new();

    /// <summary>Why it cannot run on this machine; null when it can.</summary>
    public virtual string? Obstacle(HarnessOptions options) => null;

    /// <summary>Breaks things once. Everything works again when it ends; whether all arrived is judged by the runner.</summary>
    public abstract Task RunAsync(ScenarioRun run, CancellationToken cancellationToken);
}
