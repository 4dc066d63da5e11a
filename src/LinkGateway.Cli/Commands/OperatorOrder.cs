using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Operator;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;

namespace LinkGateway.Cli.Commands;

/// <summary>An order about one delivery: tried dry, confirmed, given.</summary>
sealed class OperatorOrder(CliHost host)
{
    static readonly string[] Yes = ["y", "yes"];

    readonly OperatorCall _call = new(host);
    readonly Argument<string> _id = new("DELIVERY") { Description = Messages.ArgumentDelivery };
    readonly Option<string> _reason = new("--reason") { Description = Messages.OptionOrderReason, HelpName = "TEXT", Required = true };
    readonly Option<bool> _dryRun = new("--dry-run") { Description = Messages.OptionOrderDryRun };
    readonly Option<bool> _yes = new("--yes", "-y") { Description = Messages.OptionYes };

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Insert(0, _id);
        foreach (Option option in new Option[] { _reason, _dryRun, _yes }) command.Options.Add(option);
        _call.AddTo(command);
    }

    /// <summary>Gives the order.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> GiveAsync(OrderKind order, ParseResult arguments, CancellationToken cancellationToken)
    {
        var (dryRun, sure) = (arguments.GetValue(_dryRun), arguments.GetValue(_yes));
        if (!dryRun && !sure && !host.InputIsTerminal) throw new UsageException(Messages.OrderNeedsYes);
        using var link = _call.Connect(arguments);
        if (dryRun || !sure)
        {
            var tried = await GiveAsync(link.Client, order, arguments, dryRun: true, cancellationToken);
            if (dryRun || tried is not OperatorAnswer<OrderResult>.Answered { Value: var would })
                return _call.Show(arguments, tried, result => Write(host.Out, result));
            Write(host.Error, would);
            if (!await ConfirmAsync(cancellationToken))
            {
                await host.Error.WriteLineAsync(Messages.OrderDeclined);
                return ExitCode.Usage;
            }
        }

        var given = await GiveAsync(link.Client, order, arguments, dryRun: false, cancellationToken);
        return _call.Show(arguments, given, result => Write(host.Out, result));
    }

    ValueTask<OperatorAnswer<OrderResult>> GiveAsync(
        OperatorClient client, OrderKind order, ParseResult arguments, bool dryRun, CancellationToken cancellationToken) =>
        client.GiveAsync(order, arguments.GetValue(_id)!, arguments.GetValue(_reason)!, dryRun, cancellationToken);

    async Task<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        await host.Error.WriteAsync(Messages.OrderConfirm);
        using var reader = new StreamReader(host.Input, leaveOpen: true);
        var answer = await reader.ReadLineAsync(cancellationToken);
        return Yes.Contains(answer?.Trim(), StringComparer.OrdinalIgnoreCase);
    }

    static void Write(TextWriter output, OrderResult result)
    {
        output.WriteLine(Say.Text(
            result.DryRun ? Messages.OrderWould : Messages.OrderDone, result.Delivery.DeliveryId, result.From, result.Delivery.State));
        output.WriteLine($"  {OperatorText.Way(result.Delivery)}, {result.Delivery.TransferId}, {result.Delivery.FileName}");
        output.WriteLine($"  {Meaning(result)}");
    }

    static string Meaning(OrderResult result) => result.Order switch
    {
        OrderKind.SettleDelivered => Messages.OrderSettleDelivered,
        OrderKind.SettleNotDelivered when result.Delivery.State == nameof(DeliveryState.Cancelled) => Messages.OrderCancel,
        OrderKind.SettleNotDelivered => Messages.OrderSettleNotDelivered,
        OrderKind.Hold => Messages.OrderHold,
        OrderKind.Release => Messages.OrderRelease,
        OrderKind.PassAll => Say.Text(Messages.OrderPassAll, result.Passed ?? 0),
        OrderKind.Pass => result.From == result.Delivery.State ? Messages.OrderSkip : Messages.OrderPass,
        _ => result.Delivery.Withdrawing ? Messages.OrderCancelPending : Messages.OrderCancel,
    };
}
