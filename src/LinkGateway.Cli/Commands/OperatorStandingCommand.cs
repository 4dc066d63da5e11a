using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator standing</c>: what is ordered until further notice, and what was.</summary>
static class OperatorStandingCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var history = new Option<bool>("--history") { Description = Messages.OptionStandingHistory };
        var command = new Command("standing", Messages.DescribeOperatorStanding) { history };
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var answer = await link.Client.StandingOrdersAsync(cancellationToken);
            return call.Show(arguments, answer, list => Write(host, arguments.GetValue(history) ? list.Newest : list.InForce));
        });
        return command;
    }

    static void Write(CliHost host, IReadOnlyList<StandingOrderEntry> orders)
    {
        if (orders.Count == 0)
        {
            host.Out.WriteLine(Messages.StandingNone);
            return;
        }

        TextTable.Write(
            host,
            [Messages.HeadAt, Messages.HeadOperator, Messages.HeadOrder, Messages.HeadValue, Messages.HeadReason],
            orders.Select(order => new[]
            {
                OperatorText.At(order.At), order.Operator, order.Subject, OperatorText.Standing(order.Value), order.Reason,
            }));
    }
}
