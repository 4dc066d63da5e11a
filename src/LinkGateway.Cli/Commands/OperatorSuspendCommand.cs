using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator suspend</c> and <c>resume</c>: one participant, and nobody else.</summary>
static class OperatorSuspendCommand
{
    /// <param name="host">Where it runs.</param>
    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="value">What it orders; null lifts the order.</param>
    public static Command Build(CliHost host, string name, string description, string? value)
    {
        var standing = new OperatorStanding(host);
        var participant = new Argument<string>("PARTICIPANT") { Description = Messages.ArgumentParticipant };
        var command = new Command(name, description) { participant };
        standing.AddTo(command);
        command.SetAction((arguments, cancellationToken) => standing.GiveAsync(
            StandingSubjects.Suspend(arguments.GetValue(participant)!), value, arguments, cancellationToken));
        return command;
    }
}
