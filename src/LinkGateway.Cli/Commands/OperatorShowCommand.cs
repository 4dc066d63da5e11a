using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator show DELIVERY</c>, or <c>show --of ORIGIN --transfer ID</c>.</summary>
static class OperatorShowCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var id = new Argument<string?>("DELIVERY") { Description = Messages.ArgumentDelivery, Arity = ArgumentArity.ZeroOrOne };
        var origin = new Option<string?>("--of") { Description = Messages.OptionOf, HelpName = "ID" };
        var transfer = new Option<string?>("--transfer") { Description = Messages.ArgumentId, HelpName = "ID" };
        var command = new Command("show", Messages.DescribeOperatorShow) { id, origin, transfer };
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            if (arguments.GetValue(id) is { } delivery)
            {
                var answer = await link.Client.DeliveryAsync(delivery, cancellationToken);
                return call.Show(arguments, answer, details => Write(host, details));
            }

            if (arguments.GetValue(origin) is not { } of || arguments.GetValue(transfer) is not { } transferId)
                throw new UsageException(Messages.OperatorShowNeedsOne);
            var found = await link.Client.TransfersAsync(of, transferId, cancellationToken);
            return call.Show(arguments, found, details => Write(host, details));
        });
        return command;
    }

    static void Write(CliHost host, DeliveryDetails details)
    {
        var (output, delivery) = (host.Out, details.Delivery);
        output.WriteLine(Say.Text(Messages.OperatorDelivery, delivery.DeliveryId, delivery.State, OperatorText.At(delivery.UpdatedAt)));
        if (delivery.ReasonText is not null) output.WriteLine($"  {OperatorText.Reason(delivery.ReasonCode, delivery.ReasonText)}");
        if (delivery.Doubts.Count > 0) output.WriteLine(Say.Text(Messages.OperatorDoubts, string.Join(", ", delivery.Doubts)));
        if (delivery.Withdrawing) output.WriteLine(Messages.OperatorWithdrawing);
        if (details.WaitsFor is { } wait) output.WriteLine(Say.Text(Messages.OperatorWaitsFor, wait.Order, wait.Text));
        output.WriteLine(Say.Text(Messages.OperatorWay,
            OperatorText.Way(delivery), delivery.Attempts, delivery.NextAttemptAt is { } next ? OperatorText.At(next) : "-"));
        if (delivery.Class is { } name) output.WriteLine($"  {Messages.HeadClass}: {name}");
        Write(output, details.Transfer);
        foreach (var receipt in details.Receipts)
            output.WriteLine(Say.Text(Messages.OperatorReceipt, receipt.Kind, receipt.Issuer, receipt.ReceiptId));
        TextTable.Write(
            host, [Messages.HeadAt, Messages.HeadMove, Messages.HeadReason],
            details.Events.Select(entry => new[] { OperatorText.At(entry.At), MoveOf(entry), entry.Detail }));
        foreach (var order in details.Orders)
            output.WriteLine($"{OperatorText.At(order.At)}  {order.Operator}  {order.Order}: {order.Reason}");
        var possible = details.Possible.Select(order => CommandOf(order, delivery.DeliveryId));
        output.WriteLine(details.Possible.Count == 0
            ? Messages.OperatorNoOrder
            : Say.Text(Messages.OperatorPossible, string.Join("; ", possible)));
    }

    static void Write(CliHost host, TransferDetails details)
    {
        foreach (var transfer in details.Transfers) Write(host.Out, transfer);
        if (details.Transfers.Count > 0) OperatorListCommand.WriteTable(host, details.Deliveries);
        foreach (var archive in details.Archives) host.Out.WriteLine(Say.Text(Messages.OperatorArchived, archive));
    }

    static void Write(TextWriter output, TransferSummary transfer)
    {
        output.WriteLine(Say.Text(Messages.OperatorTransfer,
            transfer.TransferId, transfer.State, transfer.Origin, transfer.InterfaceId, transfer.FileName ?? "-",
            transfer.Size is { } size ? Quantities.Size(size) : "?", transfer.Sha256 ?? "-"));
        if (transfer.ReasonText is not null) output.WriteLine($"  {OperatorText.Reason(transfer.ReasonCode, transfer.ReasonText)}");
        if (PayloadOf(transfer) is { } payload) output.WriteLine(payload);
    }

    static string? PayloadOf(TransferSummary transfer) => transfer switch
    {
        { PayloadRemovedAt: { } at } => Say.Text(Messages.OperatorPayloadRemoved, OperatorText.At(at), transfer.PayloadRule ?? "-"),
        { PayloadKeptUntil: { } until } => Say.Text(Messages.OperatorPayloadKept, OperatorText.At(until), transfer.PayloadRule ?? "-"),
        { PayloadRule: { } rule } => Say.Text(Messages.OperatorPayloadWaits, rule),
        _ => null,
    };

    static string MoveOf(EventEntry entry) =>
        $"{(entry.DeliveryId is null ? Messages.HeadTransfer : Messages.HeadDelivery)}: {entry.From} > {entry.To}";

    static string CommandOf(OrderKind order, string deliveryId) => order switch
    {
        OrderKind.SettleDelivered => $"settle {deliveryId} delivered",
        OrderKind.SettleNotDelivered => $"settle {deliveryId} not-delivered",
        OrderKind.PassAll => $"pass {deliveryId} --all",
        _ => $"{order.ToString().ToLowerInvariant()} {deliveryId}",
    };
}
