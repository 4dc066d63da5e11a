using System.CommandLine;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator hold</c>, <c>release</c> and <c>cancel</c>.</summary>
static class OperatorOrderCommand
{
    public static Command Build(CliHost host, string name, string description, OrderKind order)
    {
        var orders = new OperatorOrder(host);
        var command = new Command(name, description);
        orders.AddTo(command);
        command.SetAction((arguments, cancellationToken) => orders.GiveAsync(order, arguments, cancellationToken));
        return command;
    }
}
