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

    /// <summary>Whether each run wants fresh gateways and leaves none that others could use.</summary>
    public virtual bool Alone => false;

    /// <summary>Longest time of a run.</summary>
    public virtual TimeSpan LongestRun => TimeSpan.FromMinutes(10);

    /// <summary>Whether it runs only when it is named.</summary>
    public virtual bool OnlyByName => false;

    /// <summary>The gateways that it wants. Those of an equal plan are used again.</summary>
    public virtual FleetPlan Plan(HarnessOptions options) => new();

    /// <summary>Why it cannot run on this machine; null when it can.</summary>
    public virtual string? Obstacle(HarnessOptions options) => null;

    /// <summary>Breaks things once. Everything works again when it ends; whether all arrived is judged by the runner.</summary>
    public abstract Task RunAsync(ScenarioRun run, CancellationToken cancellationToken);
}
