namespace LinkGateway.Server.Hosting;

/// <summary>The gateway does not start, and the operator must do something about it.</summary>
/// <param name="exitCode">How the process ends.</param>
/// <param name="problems">What is wrong and what to do, one entry a line.</param>
/// <param name="inner">The cause, if anything was caught.</param>
public sealed class StartException(ExitCode exitCode, IReadOnlyList<string> problems, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, problems), inner)
{
    /// <summary>How the process ends.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>What is wrong and what to do, one entry a line.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
