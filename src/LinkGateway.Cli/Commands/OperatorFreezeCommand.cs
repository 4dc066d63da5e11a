using System.CommandLine;
using System.Text.Json;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator freeze</c> and <c>unfreeze</c>: keeps transfers, payload and rows, whatever retention says.</summary>
static class OperatorFreezeCommand
{
    public static Command Freeze(CliHost host)
    {
        var standing = new OperatorStanding(host);
        var name = new Option<string>("--name") { Description = Messages.OptionFreezeName, HelpName = "NAME", Required = true };
        var origin = new Option<string?>("--of") { Description = Messages.OptionOf, HelpName = "ID" };
        var transfer = new Option<string?>("--transfer") { Description = Messages.ArgumentId, HelpName = "ID" };
        var receiver = new Option<string?>("--receiver") { Description = Messages.OptionFreezeReceiver, HelpName = "ID" };
        var interfaceId = new Option<string?>("--interface") { Description = Messages.OptionInterface, HelpName = "INTERFACE" };
        var from = Parsing.Instant("--from", Messages.OptionFreezeFrom);
        var until = Parsing.Instant("--until", Messages.OptionFreezeUntil);
        var command = new Command("freeze", Messages.DescribeOperatorFreeze) { name, origin, transfer, receiver, interfaceId, from, until };
        standing.AddTo(command);
        command.SetAction((arguments, cancellationToken) =>
        {
            var filter = new FreezeFilter
            {
                Origin = arguments.GetValue(origin),
                TransferId = arguments.GetValue(transfer),
                InterfaceId = arguments.GetValue(interfaceId),
                Receiver = arguments.GetValue(receiver),
                From = arguments.GetValue(from),
                Until = arguments.GetValue(until),
            };
            return standing.GiveAsync(
                StandingSubjects.Freezing + arguments.GetValue(name), JsonSerializer.Serialize(filter, OperatorJson.Default.FreezeFilter),
                arguments, cancellationToken);
        });
        return command;
    }

    public static Command Unfreeze(CliHost host)
    {
        var standing = new OperatorStanding(host);
        var name = new Argument<string>("NAME") { Description = Messages.OptionFreezeName };
        var command = new Command("unfreeze", Messages.DescribeOperatorUnfreeze) { name };
        standing.AddTo(command);
        command.SetAction((arguments, cancellationToken) =>
            standing.GiveAsync(StandingSubjects.Freezing + arguments.GetValue(name), null, arguments, cancellationToken));
        return command;
    }
}
