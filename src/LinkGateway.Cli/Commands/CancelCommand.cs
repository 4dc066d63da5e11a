using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw cancel ID</c>: withdraws a transfer.</summary>
static class CancelCommand
{
    public static Command Build(CliHost host)
    {
        var id = new Argument<string>("ID") { Description = Messages.ArgumentId };
        var reason = new Option<string?>("--reason") { Description = Messages.OptionReason, HelpName = "TEXT" };
        var json = new Option<bool>("--json") { Description = Messages.OptionJson };
        var connection = new ConnectionArguments();
        var command = new Command("cancel", Messages.DescribeCancel) { id, reason, json };
        connection.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var profile = connection.Profile(arguments, host);
            using var link = connection.Connect(arguments, host, profile);
            var request = new CancelTransferRequest
            {
                Transfer = connection.Reference(arguments, profile, arguments.GetValue(id)!),
                Reason = arguments.GetValue(reason),
            };
            var answer = await link.Client.CancelTransferAsync(request, cancellationToken);
            if (!answer.Answered) return CallReport.Failed(host, answer);
            if (arguments.GetValue(json)) JsonOutput.Write(host.Out, answer.Value);
            else Write(host.Out, answer.Value);
            return ExitCode.Ok;
        });
        return command;
    }

    static void Write(TextWriter output, CancelResult result)
    {
        output.WriteLine(Say.Text(Messages.CancelLine, result.State));
        foreach (var delivery in result.Deliveries) output.WriteLine($"  {delivery.Receiver}: {delivery.Outcome}");
    }
}
