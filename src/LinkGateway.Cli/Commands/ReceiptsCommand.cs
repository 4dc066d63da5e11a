using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw receipts ID</c> and <c>linkgw receipts --since CURSOR</c>.</summary>
sealed class ReceiptsCommand
{
    // The cursor of the very first question; any other comes from an earlier answer.
    const string FromTheBeginning = "";

    readonly CliHost _host;
    readonly ConnectionArguments _connection = new();
    readonly Argument<string?> _id = new("ID") { Description = Messages.ArgumentId, Arity = ArgumentArity.ZeroOrOne };
    readonly Option<string?> _since = new("--since") { Description = Messages.OptionSince, HelpName = "CURSOR" };
    readonly Option<int?> _waitSeconds = new("--wait-seconds") { Description = Messages.OptionWaitSeconds, HelpName = "0..30" };
    readonly Option<string?> _out = new("--out") { Description = Messages.OptionOut, HelpName = "DIR" };
    readonly Option<bool> _json = new("--json") { Description = Messages.OptionJson };

    ReceiptsCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var receipts = new ReceiptsCommand(host);
        var command = new Command("receipts", Messages.DescribeReceipts)
        {
            receipts._id, receipts._since, receipts._waitSeconds, receipts._out, receipts._json,
        };
        receipts._connection.AddTo(command);
        command.SetAction(receipts.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (id, since) = (arguments.GetValue(_id), arguments.GetValue(_since));
        if (id is null == since is null) throw new UsageException(Messages.ReceiptsNeedOne);
        var profile = _connection.Profile(arguments, _host);
        using var link = _connection.Connect(arguments, _host, profile);
        var answer = id is null
            ? await link.Client.GetReceiptsSinceAsync(Since(arguments, since!), cancellationToken)
            : await link.Client.GetReceiptsAsync(new() { Transfer = _connection.Reference(arguments, profile, id) }, cancellationToken);
        if (!answer.Answered) return CallReport.Failed(_host, answer);
        Write(arguments, answer.Value);
        return ExitCode.Ok;
    }

    GetReceiptsSinceRequest Since(ParseResult arguments, string cursor) => new()
    {
        Cursor = cursor == FromTheBeginning ? null : cursor,
        WaitSeconds = arguments.GetValue(_waitSeconds),
    };

    void Write(ParseResult arguments, ReceiptsResult result)
    {
        // Files first: whoever keeps the cursor must have the receipts before it.
        var files = arguments.GetValue(_out) is { } folder ? ReceiptFiles.Write(folder, result.Receipts) : [];
        var lines = result.Receipts.Select(receipt => new ReceiptLine(receipt));
        if (arguments.GetValue(_json))
        {
            JsonOutput.Write(_host.Out, new { Receipts = lines, result.Cursor, Files = files });
            return;
        }
        foreach (var line in lines) _host.Out.WriteLine(line);
        if (result.Cursor is { } cursor) _host.Out.WriteLine(Say.Text(Messages.CursorLine, cursor));
    }
}
