using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Operator;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator list</c>: deliveries, those that need somebody first.</summary>
static class OperatorListCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var state = new Option<string[]>("--state") { Description = Messages.OptionState, HelpName = "STATE,..." };
        var receiver = new Option<string?>("--receiver") { Description = Messages.OptionReceiver, HelpName = "ID" };
        var origin = new Option<string?>("--of") { Description = Messages.OptionOf, HelpName = "ID" };
        var limit = new Option<int?>("--limit") { Description = Messages.OptionLimit, HelpName = "1..500" };
        var cursor = new Option<string?>("--cursor") { Description = Messages.OptionCursor, HelpName = "CURSOR" };
        var command = new Command("list", Messages.DescribeOperatorList) { state, receiver, origin, limit, cursor };
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var filter = new DeliveryFilter
            {
                States = Parsing.Split(arguments.GetValue(state) ?? []),
                Receiver = arguments.GetValue(receiver),
                Origin = arguments.GetValue(origin),
                Limit = arguments.GetValue(limit),
                Cursor = arguments.GetValue(cursor),
            };
            var answer = await link.Client.DeliveriesAsync(filter, cancellationToken);
            return call.Show(arguments, answer, page => Write(host, page));
        });
        return command;
    }

    static void Write(CliHost host, DeliveryPage page)
    {
        if (page.Deliveries.Count == 0) host.Out.WriteLine(Messages.OperatorNothing);
        else WriteTable(host, page.Deliveries);
        if (page.Cursor is { } next) host.Out.WriteLine(Say.Text(Messages.CursorLine, next));
    }

    /// <summary>Writes deliveries as a table.</summary>
    public static void WriteTable(CliHost host, IEnumerable<DeliverySummary> deliveries) => TextTable.Write(
        host,
        [
            Messages.HeadState, Messages.HeadSince, Messages.HeadDelivery, Messages.HeadClass, Messages.HeadWay, Messages.HeadTransfer,
            Messages.HeadReason,
        ],
        deliveries.Select(delivery => new[]
        {
            delivery.State, OperatorText.At(delivery.UpdatedAt), delivery.DeliveryId, delivery.Class ?? "", OperatorText.Way(delivery),
            delivery.TransferId, OperatorText.Reason(delivery.ReasonCode, delivery.ReasonText),
        }));
}
