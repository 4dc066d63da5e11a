using LinkGateway.Client.Sending;
using Spectre.Console;

namespace LinkGateway.Cli.Output;

/// <summary>Shows progress on standard error: a bar on a terminal, otherwise lines now and then; beside JSON only troubles.</summary>
static class ProgressDisplay
{
    public static async ValueTask<SendOutcome> RunAsync(
        CliHost host, bool json, string name, Func<IProgress<SendProgress>, ValueTask<SendOutcome>> send)
    {
        if (json || !host.ErrorIsTerminal) return await send(new ProgressLines(host, quiet: json));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context => await send(new ProgressBar(context.AddTask(Markup.Escape(name)), console)));
    }
}
