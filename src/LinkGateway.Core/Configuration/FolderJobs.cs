namespace LinkGateway.Core.Configuration;

/// <summary>
/// Programs that run after a delivery into a folder has ended. Each is a program with an absolute path and its arguments; no shell is
/// between. It finds the transfer's facts in its environment (docs/cli.md, Jobs), and runs at least once.
/// </summary>
public sealed record FolderJobs
{
    /// <summary>
    /// Runs when a file is published. Exit code 0 makes it applied, 75 asks to be run again later, any other makes it rejected by the
    /// receiver.
    /// </summary>
    public IReadOnlyList<string> OnDelivered { get; init; } = [];

    /// <summary>Runs when the delivery has failed, or onDelivered ended in error; its exit code is only logged.</summary>
    public IReadOnlyList<string> OnError { get; init; } = [];

    /// <summary>After this time a program and all that it started are killed, which counts as an error, as d.hh:mm:ss.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(1);
}
