using System.CommandLine;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw operator replays [ORDER]</c>: replays and how far they are, or one with its deliveries.</summary>
static class OperatorReplaysCommand
{
    public static Command Build(CliHost host)
    {
        var call = new OperatorCall(host);
        var id = new Argument<string?>("ORDER") { Description = Messages.ArgumentReplay, Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int?>("--limit") { Description = Messages.OptionLimit, HelpName = "1..500" };
        var cursor = new Option<string?>("--cursor") { Description = Messages.OptionCursor, HelpName = "CURSOR" };
        var command = new Command("replays", Messages.DescribeOperatorReplays) { id, limit, cursor };
        call.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var link = call.Connect(arguments);
            if (arguments.GetValue(id) is { } order)
            {
                var shown = await link.Client.ShowReplayAsync(
                    order, arguments.GetValue(limit), arguments.GetValue(cursor), cancellationToken);
                return call.Show(arguments, shown, details => Write(host, details));
            }

            var listed = await link.Client.ReplaysAsync(arguments.GetValue(limit), cancellationToken);
            return call.Show(arguments, listed, page =>
            {
                foreach (var replay in page.Replays) host.Out.WriteLine(ReplayText.Line(replay));
                if (page.Replays.Count == 0) host.Out.WriteLine(Messages.ReplayNone);
            });
        });
        return command;
    }

    static void Write(CliHost host, ReplayDetails details)
    {
        host.Out.WriteLine(ReplayText.Line(details.Order));
        ReplayText.WriteTable(host, details.Entries);
        if (details.Cursor is { } next) host.Out.WriteLine(Say.Text(Messages.CursorLine, next));
    }
}
