using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Core.Configuration;
using Spectre.Console;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw password-hash</c>: the form of a password that may stand in <c>gateway.json</c>.</summary>
static class PasswordHashCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("password-hash", Messages.DescribePasswordHash);
        command.SetAction(async (_, cancellationToken) =>
        {
            var password = await ReadAsync(host, cancellationToken);
            if (string.IsNullOrEmpty(password)) throw new UsageException(Messages.PasswordEmpty);
            await host.Out.WriteLineAsync(PasswordHash.Create(password).ToString());
            return ExitCode.Ok;
        });
        return command;
    }

    static async Task<string?> ReadAsync(CliHost host, CancellationToken cancellationToken)
    {
        if (!host.InputIsTerminal)
        {
            using var reader = new StreamReader(host.Input);
            return await reader.ReadLineAsync(cancellationToken);
        }
        // On standard error, so that standard output holds the hash alone.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error) });
        return await new TextPrompt<string>(Messages.PasswordPrompt).Secret(null).ShowAsync(console, cancellationToken);
    }
}
