using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator orders</c>: who ordered what, when and why.</summary>
static class OperatorOrdersCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var limit = new Option<int?>("--limit") { Description = Messages.OptionLimit, HelpName = "1..500" };
        var cursor = new Option<string?>("--cursor") { Description = Messages.OptionCursor, HelpName = "CURSOR" };
        var command = new Command("orders", Messages.DescribeOperatorOrders) { limit, cursor };
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var answer = await link.Client.OrdersAsync(arguments.GetValue(limit), arguments.GetValue(cursor), cancellationToken);
            return call.Show(arguments, answer, page => Write(host, page));
        });
        return command;
    }

    static void Write(CliHost host, OrderPage page)
    {
        TextTable.Write(
            host,
            [Messages.HeadAt, Messages.HeadOperator, Messages.HeadOrder, Messages.HeadDelivery, Messages.HeadMove, Messages.HeadReason],
            page.Orders.Select(order => new[]
            {
                OperatorText.At(order.At), order.Operator, $"{order.Order}", order.DeliveryId, $"{order.From} > {order.To}", order.Reason,
            }));
        if (page.Cursor is { } next) host.Out.WriteLine(Say.Text(Messages.CursorLine, next));
    }
}
