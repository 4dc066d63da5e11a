using LinkGateway.Client.Receiving;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices;
using LinkGateway.Server.Jobs;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Notices;

/// <summary>Runs the programs that are told of notices. Thread-safe.</summary>
/// <param name="logger">The log, which their output goes to.</param>
sealed class HookRunner(ILogger<HookRunner> logger)
{
    /// <summary>Runs a program with a notice, to its end.</summary>
    public async ValueTask<NoticeSent> RunAsync(NoticeHook hook, Notice notice, CancellationToken cancellationToken)
    {
        var job = new CommandJob(
            hook.Command, line => logger.HookSaid(hook.Id, line), JobEnvironment.IsInherited, hook.TimeLimit, NoticeJson.Write(notice));
        try
        {
            var end = await job.RunAsync(NoticeVariables.Of(notice), cancellationToken);
            return new NoticeSent(end.ExitCode == 0, $"it ended with {end.ExitCode}");
        }
        catch (IOException e)
        {
            return new NoticeSent(Taken: false, e.Message);
        }
    }
}
