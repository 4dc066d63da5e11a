using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Operator;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator notices</c>: what is and was wrong; with <c>--test</c> whether notices arrive.</summary>
static class OperatorNoticesCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var open = new Option<bool>("--open") { Description = Messages.OptionNoticesOpen };
        var limit = new Option<int?>("--limit") { Description = Messages.OptionLimit, HelpName = "1..500" };
        var cursor = new Option<string?>("--cursor") { Description = Messages.OptionCursor, HelpName = "CURSOR" };
        var test = new Option<bool>("--test") { Description = Messages.OptionNoticesTest };
        var sink = new Option<string?>("--sink") { Description = Messages.OptionNoticesSink, HelpName = "ID" };
        var command = new Command("notices", Messages.DescribeOperatorNotices) { open, limit, cursor, test, sink };
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            if (arguments.GetValue(test))
            {
                var tested = await link.Client.TestNoticesAsync(arguments.GetValue(sink), cancellationToken);
                var code = call.Show(arguments, tested, result => Write(host, result));
                return tested is OperatorAnswer<NoticeTest>.Answered { Value.Sinks: var sinks } && sinks.Any(one => !one.Taken)
                    ? ExitCode.Temporary
                    : code;
            }

            var answer = await link.Client.NoticesAsync(
                arguments.GetValue(open), arguments.GetValue(limit), arguments.GetValue(cursor), cancellationToken);
            return call.Show(arguments, answer, page => Write(host, page));
        });
        return command;
    }

    static void Write(CliHost host, NoticePage page)
    {
        if (page.Notices.Count == 0) host.Out.WriteLine(Messages.OperatorNoNotice);
        else
            TextTable.Write(
                host,
                [
                    Messages.HeadSince, Messages.HeadUntil, Messages.HeadSeverity, Messages.HeadKind, Messages.HeadSubject,
                    Messages.HeadAffected, Messages.HeadReason,
                ],
                page.Notices.Select(notice => new[]
                {
                    OperatorText.At(notice.Since), notice.Until is { } until ? OperatorText.At(until) : Messages.NoticeOpen,
                    $"{notice.Severity}", notice.Kind, string.Join(", ", notice.Subjects), Affected(notice), notice.Text,
                }));
        if (page.Cursor is { } next) host.Out.WriteLine(Say.Text(Messages.CursorLine, next));
    }

    static string Affected(NoticeEntry notice) =>
        notice.Facts is { Deliveries: > 0 } facts ? $"{facts.Deliveries}, {Quantities.Size(facts.Bytes)}" : "";

    static void Write(CliHost host, NoticeTest test)
    {
        foreach (var sink in test.Sinks)
            host.Out.WriteLine(Say.Text(sink.Taken ? Messages.NoticeTaken : Messages.NoticeNotTaken, sink.Sink, sink.Text));
    }
}
