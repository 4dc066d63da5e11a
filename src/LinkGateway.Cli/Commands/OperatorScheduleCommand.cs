using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator schedule</c>: what the gateway does by itself, when it last did, and when it will.</summary>
static class OperatorScheduleCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var command = new Command("schedule", Messages.DescribeOperatorSchedule);
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            var answer = await link.Client.ScheduleAsync(cancellationToken);
            return call.Show(arguments, answer, page => Write(host, page));
        });
        return command;
    }

    static void Write(CliHost host, SchedulePage page)
    {
        TextTable.Write(
            host,
            [
                Messages.HeadWork, Messages.HeadSchedule, Messages.HeadLastRun, Messages.HeadNextRun, Messages.HeadTaken,
                Messages.HeadRefused, Messages.HeadGrowing,
            ],
            page.Entries.Select(entry => new[]
            {
                entry.Id, entry.Schedule ?? Messages.ScheduleAlways, LastOf(entry), At(entry.NextAt), $"{entry.Taken}", $"{entry.Refused}",
                $"{entry.Growing}",
            }));
        foreach (var entry in page.Entries)
            if (entry.Trouble is { } trouble) host.Out.WriteLine(Say.Text(Messages.ScheduleTrouble, entry.Id, trouble));
    }

    static string LastOf(ScheduleEntry entry) => entry.Running && entry.Schedule is not null
        ? Say.Text(Messages.ScheduleRunning, At(entry.LastStartedAt))
        : At(entry.LastEndedAt ?? entry.LastStartedAt);

    static string At(DateTimeOffset? instant) => instant is { } at ? OperatorText.At(at) : "-";
}
