using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator replay-stop ORDER</c>.</summary>
static class OperatorReplayStopCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var id = new Argument<string>("ORDER") { Description = Messages.ArgumentReplay };
        var reason = new Option<string>("--reason") { Description = Messages.OptionOrderReason, HelpName = "TEXT", Required = true };
        var command = new Command("replay-stop", Messages.DescribeOperatorReplayStop) { id, reason };
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var answer = await link.Client.StopReplayAsync(arguments.GetValue(id)!, arguments.GetValue(reason)!, cancellationToken);
            return call.Show(arguments, answer, order => host.Out.WriteLine(ReplayText.Line(order)));
        });
        return command;
    }
}
