using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator expected</c>: the files that must come today, and which have.</summary>
static class OperatorExpectedCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var command = new Command("expected", Messages.DescribeOperatorExpected);
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var answer = await link.Client.ExpectedAsync(cancellationToken);
            return call.Show(arguments, answer, list => Write(host, list));
        });
        return command;
    }

    static void Write(CliHost host, ExpectedList list)
    {
        if (list.Files.Count == 0)
        {
            host.Out.WriteLine(Messages.ExpectedNone);
            return;
        }

        TextTable.Write(
            host,
            [
                Messages.HeadOrigin, Messages.HeadInterface, Messages.HeadReceiver, Messages.HeadBy, Messages.HeadState,
                Messages.HeadArrived, Messages.HeadText,
            ],
            list.Files.Select(file => new[]
            {
                file.Origin, file.InterfaceId, file.Receiver ?? "-", OperatorText.At(file.By), Word(file.State),
                file.ArrivedAt is { } at ? OperatorText.At(at) : "-", file.Text,
            }));
    }

    static string Word(ExpectedState state) => state switch
    {
        ExpectedState.Late => Messages.ExpectedLate,
        ExpectedState.Due => Messages.ExpectedDue,
        ExpectedState.ArrivedLate => Messages.ExpectedArrivedLate,
        _ => Messages.ExpectedArrived,
    };
}
