using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator status</c>.</summary>
static class OperatorStatusCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var command = new Command("status", Messages.DescribeOperatorStatus);
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var answer = await link.Client.StatusAsync(cancellationToken);
            return call.Show(arguments, answer, status => Write(host, status));
        });
        return command;
    }

    static void Write(CliHost host, GatewayStatus status)
    {
        host.Out.WriteLine(Say.Text(Messages.OperatorGateway,
            status.GatewayId, status.Environment, status.Version, OperatorText.At(status.StartedAt), OperatorText.At(status.Now)));
        host.Out.WriteLine($"  {string.Join(", ", status.Listeners)}; {string.Join(", ", status.OperatorListeners)}");
        if (status.Space is { } space)
        {
            host.Out.WriteLine(Say.Text(Messages.OperatorSpace,
                space.KeptPayloads, Quantities.Size(space.KeptBytes), Quantities.Size(space.BytesGoingWithin24Hours),
                Quantities.Size(space.FreeBytes)));
            if (space.FreeBytes < space.ReserveBytes)
                host.Out.WriteLine(Say.Text(Messages.OperatorSpaceShort, Quantities.Size(space.ReserveBytes)));
        }

        if (status.TestSeams) host.Out.WriteLine(Messages.OperatorTestSeams);
        if (status.Dispatch is { } dispatch) Write(host, dispatch);
        TextTable.Write(
            host, [Messages.HeadState, Messages.HeadCount], status.Deliveries.Select(count => new[] { count.Key, $"{count.Value}" }));
    }

    static void Write(CliHost host, DispatchStatus dispatch)
    {
        host.Out.WriteLine(Say.Text(Messages.OperatorMode, dispatch.Mode));
        foreach (var destination in dispatch.Destinations)
        {
            host.Out.WriteLine(Say.Text(
                destination.State == "draining" ? Messages.OperatorDestinationDrains : Messages.OperatorDestinationDown,
                destination.Destination, OperatorText.At(destination.Since),
                destination.NextProbe is { } next ? OperatorText.At(next) : "-", destination.Reason ?? ""));
        }

        TextTable.Write(
            host, [Messages.HeadClass, Messages.HeadWeight, Messages.HeadUrgent, Messages.HeadWaiting, Messages.HeadRunning],
            dispatch.Classes.Select(item => new[]
            {
                item.Name, $"{item.Weight}", item.Urgent ? Messages.Yes : "", $"{item.Waiting}",
                item.Concurrency is { } most ? $"{item.Running}/{most}" : $"{item.Running}",
            }));
    }
}
