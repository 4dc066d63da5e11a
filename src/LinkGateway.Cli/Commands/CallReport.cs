using LinkGateway.Cli.Texts;
using LinkGateway.Client.Batch;

namespace LinkGateway.Cli.Commands;

/// <summary>Tells why a call brought no result.</summary>
static class CallReport
{
    /// <returns>The exit code.</returns>
    public static int Failed<T>(CliHost host, BatchAnswer<T> answer)
        where T : class
    {
        host.Error.WriteLine(Say.Text(answer.Temporary ? Messages.CallTemporary : Messages.SendRefused, answer.Reason));
        return answer.Temporary ? ExitCode.Temporary : ExitCode.Refused;
    }
}
