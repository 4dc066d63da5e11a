using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator mode</c>: in what times the gateway works.</summary>
static class OperatorModeCommand
{
    public static Command Build(CliHost host)
    {
        var standing = new OperatorStanding(host);
        var mode = new Argument<string>("MODE") { Description = Messages.ArgumentMode };
        mode.AcceptOnlyFromAmong(StandingSubjects.Modes);
        var command = new Command("mode", Messages.DescribeOperatorMode) { mode };
        standing.AddTo(command);
        command.SetAction((arguments, cancellationToken) =>
            standing.GiveAsync(StandingSubjects.Mode, arguments.GetValue(mode), arguments, cancellationToken));
        return command;
    }
}
