using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw status ID</c>: the state of a transfer and of its deliveries.</summary>
static class StatusCommand
{
    public static Command Build(CliHost host)
    {
        var id = new Argument<string>("ID") { Description = Messages.ArgumentId };
        var json = new Option<bool>("--json") { Description = Messages.OptionJson };
        var connection = new ConnectionArguments();
        var command = new Command("status", Messages.DescribeStatus) { id, json };
        connection.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var profile = connection.Profile(arguments, host);
            using var link = connection.Connect(arguments, host, profile);
            var request = new GetTransferStatusRequest { Transfer = connection.Reference(arguments, profile, arguments.GetValue(id)!) };
            var answer = await link.Client.GetTransferStatusAsync(request, cancellationToken);
            if (!answer.Answered) return CallReport.Failed(host, answer);
            if (arguments.GetValue(json)) JsonOutput.Write(host.Out, answer.Value);
            else Write(host.Out, answer.Value);
            return ExitCode.Ok;
        });
        return command;
    }

    static void Write(TextWriter output, TransferStatusResult status)
    {
        output.WriteLine(Say.Text(Messages.StatusLine, status.State, status.Size is { } size ? Quantities.Size(size) : "?",
            Quantities.Size(status.Held.Sum(range => range.Length)), status.Attempt));
        if (status.ReasonText is { } reason) output.WriteLine($"  {status.ReasonCode} {reason}");
        foreach (var delivery in status.Deliveries)
        {
            output.WriteLine(Say.Text(Messages.DeliveryLine,
                delivery.Receiver, delivery.State, delivery.Destination, delivery.Attempts, delivery.UpdatedAt));
            if (delivery.LastErrorText is { } error) output.WriteLine($"    {delivery.LastErrorCode} {error}");
        }
    }
}
