using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw send FILE|-</c>.</summary>
sealed class SendCommand
{
    const string Pipe = "-";

    readonly CliHost _host;
    readonly ConnectionArguments _connection = new();
    readonly ManifestArguments _manifest = new();
    readonly Argument<string?> _file = new("FILE") { Description = Messages.ArgumentFile, Arity = ArgumentArity.ZeroOrOne };
    readonly Option<string?> _fromList = new("--from-list") { Description = Messages.OptionFromList, HelpName = "LIST|-" };
    readonly Option<string?> _asSet = new("--as-set") { Description = Messages.OptionAsSet, HelpName = "ID" };
    readonly Option<long?> _chunkSize = Parsing.Size("--chunk-size", Messages.OptionChunkSize);
    readonly Option<int?> _inFlight = new("--in-flight") { Description = Messages.OptionInFlight, HelpName = "N" };
    readonly Option<int?> _tries = new("--tries") { Description = Messages.OptionTries, HelpName = "N" };
    readonly Option<string?> _wait = Parsing.Word("--wait", Messages.OptionWait, "accepted", "delivered");
    readonly Option<TimeSpan?> _timeout = Parsing.Duration("--timeout", Messages.OptionTimeout);
    readonly Option<bool> _new = new("--new") { Description = Messages.OptionNew };
    readonly Option<string?> _out = new("--out") { Description = Messages.OptionOut, HelpName = "DIR" };
    readonly Option<string[]> _receiptTrust = new("--receipt-trust") { Description = Messages.OptionSendReceiptTrust, HelpName = "CERT" };
    readonly Option<bool> _json = new("--json") { Description = Messages.OptionJson };
    readonly Option<bool> _dryRun = new("--dry-run") { Description = Messages.OptionDryRun };

    SendCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var send = new SendCommand(host);
        var command = new Command("send", $"{Messages.DescribeSend}\n\n{Messages.ExitCodes}") { send._file };
        send._manifest.AddTo(command);
        send._connection.AddTo(command);
        foreach (Option option in new Option[]
        {
            send._fromList, send._asSet, send._wait, send._timeout, send._chunkSize, send._inFlight, send._tries, send._new, send._out,
            send._receiptTrust, send._json, send._dryRun,
        })
        {
            command.Options.Add(option);
        }
        command.SetAction(send.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var profile = _connection.Profile(arguments, _host);
        var (file, list) = (arguments.GetValue(_file), arguments.GetValue(_fromList));
        if (file is null == list is null) throw new UsageException(Messages.SendNeedsOne);
        if (list is null && arguments.GetValue(_asSet) is not null) throw UsageException.Missing("--from-list");
        var report = new SendReport(_host, arguments.GetValue(_json), ReceiptTrust(arguments, profile));
        if (list is not null)
        {
            var orders = Orders(arguments, profile, list);
            using var lists = _connection.Connect(arguments, _host, profile);
            if (arguments.GetValue(_dryRun)) return report.DryRun(orders, lists.Client.Address);
            return await SendListAsync(arguments, lists, orders, report, cancellationToken);
        }

        var path = file == Pipe ? null : file;
        if (path is not null && !File.Exists(path)) throw new UsageException(Say.Text(Messages.FileMissing, path));
        var origin = _connection.Origin(arguments, profile);
        var order = Order(arguments, path, _manifest.Manifest(arguments, profile, origin, path, _host.Time.GetLocalNow()));
        using var link = _connection.Connect(arguments, _host, profile);
        if (arguments.GetValue(_dryRun)) return report.DryRun(order, link.Client.Address);
        return await SendAsync(arguments, link, order, report, cancellationToken);
    }

    SendOrder Order(ParseResult arguments, string? path, Manifest manifest) => new()
    {
        Manifest = manifest,
        FilePath = path,
        Pipe = path is null ? _host.Input : null,
        ChunkSize = arguments.GetValue(_chunkSize),
        WaitFor = arguments.GetValue(_wait) == "delivered" ? WaitFor.Delivered : WaitFor.Accepted,
        StartAnew = arguments.GetValue(_new),
    };

    IReadOnlyList<SendOrder> Orders(ParseResult arguments, Profile profile, string list)
    {
        _manifest.RefuseForLists(arguments);
        using var input = list == Pipe ? _host.Input : File.OpenRead(list);
        var (files, origin, now) = (FileList.Read(input), _connection.Origin(arguments, profile), _host.Time.GetLocalNow());
        var set = arguments.GetValue(_asSet);
        return
        [
            .. files.Select((file, index) =>
            {
                var manifest = _manifest.Manifest(arguments, profile, origin, file.Path, now, file.Fields);
                if (set is not null) manifest = manifest with { SetId = set, SetIndex = index + 1, SetCount = files.Count };
                return Order(arguments, file.Path, manifest);
            }),
        ];
    }

    async Task<int> SendListAsync(
        ParseResult arguments, GatewayLink link, IReadOnlyList<SendOrder> orders, SendReport report, CancellationToken cancellationToken)
    {
        var options = Options(arguments);
        var sender = new ListSender(new FileSender(link.Client, options, _host.Time), _host.Time);
        var began = _host.Time.GetTimestamp();
        var results = new SendResult?[orders.Count];
        TimeSpan? wait = orders[0].WaitFor == WaitFor.Delivered ? options.DeliveryTimeout : null;
        var json = arguments.GetValue(_json);
        try
        {
            await sender.SendAsync(orders, wait, _ => new ProgressLines(_host, quiet: true), Ended, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            report.FinishList(orders, results, _host.Time.GetElapsedTime(began), cancelled: true);
            throw;
        }

        return report.FinishList(orders, results, _host.Time.GetElapsedTime(began));

        void Ended(int index, SendOutcome outcome)
        {
            var unwritten = arguments.GetValue(_out) is { } folder ? TryWrite(folder, outcome) : null;
            var result = report.Judge(orders[index], outcome, _host.Time.GetElapsedTime(began), unwritten);
            results[index] = result;
            if (!json) report.WriteLine(result.Code, $"[{index + 1}/{orders.Count}] {orders[index].FilePath}: {result.Text}");
        }
    }

    async Task<int> SendAsync(
        ParseResult arguments, GatewayLink link, SendOrder order, SendReport report, CancellationToken cancellationToken)
    {
        if (order.Pipe is not null) await _host.Error.WriteLineAsync(Messages.PipeCannotResume);
        var sender = new FileSender(link.Client, Options(arguments), _host.Time);
        var began = _host.Time.GetTimestamp();
        var outcome = await ProgressDisplay.RunAsync(_host, arguments.GetValue(_json), order.Manifest.FileName,
            progress => sender.SendAsync(order, progress, cancellationToken));
        var unwritten = arguments.GetValue(_out) is { } folder ? TryWrite(folder, outcome) : null;
        return report.Finish(order, outcome, _host.Time.GetElapsedTime(began), unwritten);
    }

    // What was sent stays sent, whatever becomes of the copies of its receipts.
    static string? TryWrite(string folder, SendOutcome outcome)
    {
        try
        {
            ReceiptFiles.Write(folder, SendReport.ReceiptsOf(outcome));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    IReadOnlyList<X509Certificate2> ReceiptTrust(ParseResult arguments, Profile profile) =>
        CertificateFiles.Trusted(arguments.GetValue(_receiptTrust) is { Length: > 0 } given ? given : profile.ReceiptTrust);

    FileSenderOptions Options(ParseResult arguments)
    {
        var options = new FileSenderOptions();
        var inFlight = arguments.GetValue(_inFlight) ?? options.MaxInFlight;
        var tries = arguments.GetValue(_tries) ?? options.Retry.MaxTries;
        if (inFlight is < 1 or > 64) throw new UsageException(Say.Text(Messages.ValueWrong, "--in-flight", inFlight));
        if (tries < 1) throw new UsageException(Say.Text(Messages.ValueWrong, "--tries", tries));
        return options with
        {
            MaxInFlight = inFlight,
            Retry = options.Retry with { MaxTries = tries },
            DeliveryTimeout = arguments.GetValue(_timeout) ?? options.DeliveryTimeout,
        };
    }
}
