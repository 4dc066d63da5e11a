using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using LinkGateway.Cli.Texts;

namespace LinkGateway.Cli.Commands;

/// <summary>The command <c>linkgw</c> with all its subcommands.</summary>
static class LinkgwCommand
{
    /// <summary>Carries out a command line.</summary>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <param name="host">The process around it.</param>
    /// <param name="cancellationToken">Cancelled by a signal.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = Language.Choose(host.Variable);
        try
        {
            var parsed = Build(host).Parse(arguments);
            if (parsed.Errors.Count > 0) return RefuseArguments(parsed, host);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                // Program listens for signals itself: their exit code is the same on every platform.
                ProcessTerminationTimeout = null,
            }, cancellationToken);
        }
        catch (UsageException e)
        {
            await host.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await host.Error.WriteLineAsync(Say.Text(Messages.FileTrouble, e.Message));
            return ExitCode.Usage;
        }
        catch (ArgumentException e)
        {
            // A text with a character that XML cannot carry, such as a control character in an id.
            await host.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync(Messages.Cancelled);
            return ExitCode.Cancelled;
        }
    }

    static RootCommand Build(CliHost host)
    {
        var root = new RootCommand($"{Messages.DescribeLinkgw}\n\n{Messages.ExitCodes}")
        {
            SendCommand.Build(host),
            WatchCommand.Build(host),
            ReceiveCommand.Build(host),
            StatusCommand.Build(host),
            ReceiptsCommand.Build(host),
            CancelCommand.Build(host),
            VerifyCommand.Build(host),
            OperatorCommand.Build(host),
            OperatorReplayCommand.Build(host),
            ArchiveCommand.Build(host),
            ConfigCommand.Build(host),
            PasswordHashCommand.Build(host),
        };
        // The library has these two in English only.
        foreach (var option in root.Options)
        {
            if (option is HelpOption) option.Description = Messages.OptionHelp;
            if (option is VersionOption) option.Description = Messages.OptionVersion;
        }
        return root;
    }

    static int RefuseArguments(ParseResult parsed, CliHost host)
    {
        foreach (var error in parsed.Errors) host.Error.WriteLine(error.Message);
        host.Error.WriteLine(Say.Text(Messages.SeeHelp, NameOf(parsed.CommandResult)));
        return ExitCode.Usage;
    }

    static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : command.Command.Name;
}
