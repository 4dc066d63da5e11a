using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Operator;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Cli.Commands;

/// <summary>What the commands of operators have in common: where they connect to, JSON or text, and what a failed call ends with.</summary>
sealed class OperatorCall(CliHost host)
{
    readonly ConnectionArguments _connection = ConnectionArguments.OfOperators();
    readonly Option<bool> _json = new("--json") { Description = Messages.OptionJson };

    /// <summary>Adds the options to a command, behind its own.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        _connection.AddTo(command);
    }

    /// <summary>Connects; nothing is sent yet.</summary>
    /// <exception cref="UsageException">The address is missing, or a file cannot be read.</exception>
    public OperatorLink Connect(ParseResult arguments) => _connection.ConnectOperators(arguments, host);

    /// <summary>Shows an answer: as JSON where that was asked for, otherwise by <paramref name="write"/>.</summary>
    /// <returns>The exit code.</returns>
    public int Show<T>(ParseResult arguments, OperatorAnswer<T> answer, Action<T> write)
        where T : class
    {
        if (answer is not OperatorAnswer<T>.Answered { Value: var value }) return Failed(host, answer);
        if (arguments.GetValue(_json)) OperatorText.WriteJson(host.Out, value);
        else write(value);
        return ExitCode.Ok;
    }

    /// <summary>Tells why a call brought no result.</summary>
    /// <returns>The exit code.</returns>
    public static int Failed<T>(CliHost host, OperatorAnswer<T> answer)
        where T : class
    {
        var (final, reason) = answer switch
        {
            OperatorAnswer<T>.Refused refused => (refused.Side == FaultSide.Sender, $"{refused.Code}: {refused.Text}".TrimStart(':', ' ')),
            OperatorAnswer<T>.NotSent lost => (false, lost.Reason),
            OperatorAnswer<T>.InDoubt doubt => (false, doubt.Reason),
            _ => throw new ArgumentException("It has a result.", nameof(answer)),
        };
        host.Error.WriteLine(Say.Text(final ? Messages.SendRefused : Messages.CallTemporary, reason));
        return final ? ExitCode.Refused : ExitCode.Temporary;
    }
}
