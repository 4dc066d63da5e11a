using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator pass DELIVERY [--all]</c>.</summary>
static class OperatorPassCommand
{
    public static Command Build(CliHost host)
    {
        var orders = new OperatorOrder(host);
        var all = new Option<bool>("--all") { Description = Messages.OptionPassAll };
        var command = new Command("pass", Messages.DescribeOperatorPass) { all };
        orders.AddTo(command);
        command.SetAction((arguments, cancellationToken) => orders.GiveAsync(
            arguments.GetValue(all) ? OrderKind.PassAll : OrderKind.Pass, arguments, cancellationToken));
        return command;
    }
}
