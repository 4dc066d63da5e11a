using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Operator;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary>
/// <c>linkgw operator replay</c>, and <c>linkgw replay</c> for short: the plan of a replay, and with <c>--go</c> the replay itself.
/// </summary>
sealed class OperatorReplayCommand
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    readonly CliHost _host;
    readonly OperatorCall _call;

    readonly Argument<string[]> _deliveries =
        new("DELIVERY") { Description = Messages.ArgumentReplayDeliveries, Arity = ArgumentArity.ZeroOrMore };

    readonly Option<string[]> _states = new("--state") { Description = Messages.OptionReplayState, HelpName = "STATE,..." };
    readonly Option<string?> _origin = new("--of") { Description = Messages.OptionOf, HelpName = "ID" };
    readonly Option<string?> _interface = new("--interface") { Description = Messages.OptionReplayInterface, HelpName = "ID" };
    readonly Option<string?> _receiver = new("--receiver") { Description = Messages.OptionReceiver, HelpName = "ID" };
    readonly Option<string?> _destination = new("--destination") { Description = Messages.OptionReplayDestination, HelpName = "ID" };
    readonly Option<string?> _code = new("--code") { Description = Messages.OptionReplayCode, HelpName = "LG-nnnn" };
    readonly Option<DateTimeOffset?> _from = Parsing.Instant("--from", Messages.OptionReplayFrom);
    readonly Option<DateTimeOffset?> _until = Parsing.Instant("--until", Messages.OptionReplayUntil);
    readonly Option<string?> _to = new("--to") { Description = Messages.OptionReplayTo, HelpName = "DESTINATION" };
    readonly Option<int?> _rate = new("--rate") { Description = Messages.OptionReplayRate, HelpName = "1..60000" };
    readonly Option<string> _reason = new("--reason") { Description = Messages.OptionOrderReason, HelpName = "TEXT", Required = true };
    readonly Option<bool> _go = new("--go") { Description = Messages.OptionReplayGo };
    readonly Option<string?> _orderId = new("--order-id") { Description = Messages.OptionReplayOrderId, HelpName = "ID" };
    readonly Option<bool> _watch = new("--watch") { Description = Messages.OptionReplayWatch };

    OperatorReplayCommand(CliHost host) => (_host, _call) = (host, new OperatorCall(host));

    public static Command Build(CliHost host) => new OperatorReplayCommand(host).Build();

    Command Build()
    {
        var command = new Command("replay", Messages.DescribeOperatorReplay)
        {
            _deliveries, _states, _origin, _interface, _receiver, _destination, _code, _from, _until, _to, _rate, _reason, _go, _orderId,
            _watch,
        };
        _call.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var go = arguments.GetValue(_go);
        if (arguments.GetValue(_watch) && !go) throw new UsageException(Messages.ReplayWatchNeedsGo);
        using var link = _call.Connect(arguments);
        var request = RequestOf(arguments, go);
        var answer = await link.Client.ReplayAsync(request, cancellationToken);
        if (go && answer is OperatorAnswer<ReplayAnswer>.InDoubt)
            await _host.Error.WriteLineAsync(Say.Text(Messages.ReplayRepeat, request.OrderId));
        var code = _call.Show(arguments, answer, plan => Write(plan));
        if (code != ExitCode.Ok || !arguments.GetValue(_watch)) return code;
        return await WatchAsync(link.Client, request.OrderId!, cancellationToken);
    }

    ReplayRequest RequestOf(ParseResult arguments, bool go) => new()
    {
        OrderId = arguments.GetValue(_orderId) ?? (go ? Guid.NewGuid().ToString("N") : null),
        Reason = arguments.GetValue(_reason),
        ForReal = go,
        Deliveries = arguments.GetValue(_deliveries) ?? [],
        States = Parsing.Split(arguments.GetValue(_states) ?? []),
        Origin = arguments.GetValue(_origin),
        Interface = arguments.GetValue(_interface),
        Receiver = arguments.GetValue(_receiver),
        Destination = arguments.GetValue(_destination),
        Code = arguments.GetValue(_code),
        From = arguments.GetValue(_from),
        Until = arguments.GetValue(_until),
        To = arguments.GetValue(_to),
        Rate = arguments.GetValue(_rate),
    };

    async Task<int> WatchAsync(OperatorClient client, string orderId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await client.ShowReplayAsync(orderId, limit: 1, cursor: null, cancellationToken);
            if (answer is not OperatorAnswer<ReplayDetails>.Answered { Value.Order: var order }) return OperatorCall.Failed(_host, answer);
            await _host.Error.WriteLineAsync(ReplayText.Line(order));
            if (order.State != ReplaySummary.Running) return ExitCode.Ok;
            await Task.Delay(BetweenLooks, _host.Time, cancellationToken);
        }
    }

    void Write(ReplayAnswer plan)
    {
        if (plan.Order is { } order) _host.Out.WriteLine(ReplayText.Line(order));
        else
        {
            _host.Out.WriteLine(Say.Text(
                Messages.ReplayWould, plan.Continues, plan.Copies, plan.Skips, Quantities.Size(plan.Bytes)));
        }

        ReplayText.WriteTable(_host, plan.Entries);
        if (plan.DryRun && plan.Continues + plan.Copies > 0) _host.Out.WriteLine(Messages.ReplayHowToGo);
    }
}
