using System.CommandLine;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator settle DELIVERY delivered|not-delivered</c>.</summary>
static class OperatorSettleCommand
{
    const string Delivered = "delivered";
    const string NotDelivered = "not-delivered";

    public static Command Build(CliHost host)
    {
        var orders = new OperatorOrder(host);
        var outcome = new Argument<string>("OUTCOME") { Description = Messages.ArgumentOutcome, HelpName = $"{Delivered}|{NotDelivered}" };
        outcome.AcceptOnlyFromAmong(Delivered, NotDelivered);
        var command = new Command("settle", Messages.DescribeOperatorSettle) { outcome };
        orders.AddTo(command);
        command.SetAction((arguments, cancellationToken) => orders.GiveAsync(
            arguments.GetValue(outcome) == Delivered ? OrderKind.SettleDelivered : OrderKind.SettleNotDelivered,
            arguments, cancellationToken));
        return command;
    }
}
