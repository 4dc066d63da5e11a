namespace LinkGateway.Core.Configuration;

/// <summary>
/// A program that is run with each notice: facts in its environment, the notice as JSON on its standard input. Exit code 0 means taken,
/// any other that it is run again later.
/// </summary>
public sealed record NoticeHook : NoticeSink
{
    /// <summary>The program with its absolute path, and its arguments; no shell is between.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>After this time it and all that it started are killed, which counts as not taken, as d.hh:mm:ss.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(1);
}
