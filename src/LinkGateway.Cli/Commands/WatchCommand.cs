using System.CommandLine;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Sending;
using LinkGateway.Client.Watching;
using LinkGateway.Contract.Watching;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw watch FOLDER</c>: sends what is whole in a folder, once or until it is stopped.</summary>
sealed class WatchCommand
{
    static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);

    readonly CliHost _host;
    readonly ConnectionArguments _connection = new();
    readonly ManifestArguments _manifest = new();
    readonly Argument<string> _folder = new("FOLDER") { Description = Messages.ArgumentFolder };
    readonly Option<bool> _once = new("--once") { Description = Messages.OptionWatchOnce };
    readonly Option<TimeSpan?> _interval = Parsing.Duration("--interval", Messages.OptionWatchInterval);
    readonly Option<string[]> _files = new("--files") { Description = Messages.OptionWatchFiles, HelpName = "PATTERN" };
    readonly Option<string?> _complete = Parsing.Word("--complete", Messages.OptionWatchComplete, "stable", "marker", "name");
    readonly Option<TimeSpan?> _stableFor = Parsing.Duration("--stable-for", Messages.OptionWatchStableFor);
    readonly Option<string?> _marker = new("--marker") { Description = Messages.OptionWatchMarker, HelpName = "SUFFIX" };
    readonly Option<string?> _namePattern = new("--name-pattern") { Description = Messages.OptionWatchNamePattern, HelpName = "REGEX" };
    readonly Option<string?> _done = new("--done") { Description = Messages.OptionWatchDone, HelpName = "DIR" };
    readonly Option<bool> _delete = new("--delete") { Description = Messages.OptionWatchDelete };
    readonly Option<string?> _errors = new("--errors") { Description = Messages.OptionWatchErrors, HelpName = "DIR" };
    readonly Option<string?> _out = new("--out") { Description = Messages.OptionOut, HelpName = "DIR" };
    readonly Option<long?> _chunkSize = Parsing.Size("--chunk-size", Messages.OptionChunkSize);
    readonly Option<int?> _tries = new("--tries") { Description = Messages.OptionTries, HelpName = "N" };
    readonly Option<string[]> _receiptTrust = new("--receipt-trust") { Description = Messages.OptionSendReceiptTrust, HelpName = "CERT" };
    readonly Option<bool> _json = new("--json") { Description = Messages.OptionWatchJson };

    WatchCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var watch = new WatchCommand(host);
        var command = new Command("watch", $"{Messages.DescribeWatch}\n\n{Messages.ExitCodes}") { watch._folder };
        foreach (Option option in new Option[]
        {
            watch._once, watch._interval, watch._files, watch._complete, watch._stableFor, watch._marker, watch._namePattern, watch._done,
            watch._delete, watch._errors, watch._out, watch._chunkSize, watch._tries, watch._receiptTrust, watch._json,
        })
        {
            command.Options.Add(option);
        }
        watch._manifest.AddTo(command);
        watch._connection.AddTo(command);
        command.SetAction(watch.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        _manifest.RefuseForLists(arguments);
        var profile = _connection.Profile(arguments, _host);
        var (origin, fields, options) = (_connection.Origin(arguments, profile), Fields(arguments), Options(arguments));
        Func<string, (SendOrder, string?)> order = path => Order(arguments, profile, origin, fields, path);

        // What is missing from the command is told before the first file is there.
        order(arguments.GetValue(_folder)!);
        using var link = _connection.Connect(arguments, _host, profile);
        var sender = new FileSender(link.Client, SenderOptions(arguments), _host.Time);
        using var folder = FolderSender.TryOpen(sender, arguments.GetValue(_folder)!, options, _host.Time);
        if (folder is null)
        {
            await _host.Error.WriteLineAsync(Say.Text(Messages.WatchLocked, arguments.GetValue(_folder)));
            return ExitCode.Temporary;
        }

        var trust = CertificateFiles.Trusted(
            arguments.GetValue(_receiptTrust) is { Length: > 0 } given ? given : profile.ReceiptTrust);
        var report = new SendReport(_host, arguments.GetValue(_json), trust);
        return await WatchAsync(folder, order, report, arguments, cancellationToken);
    }

    async Task<int> WatchAsync(
        FolderSender folder, Func<string, (SendOrder, string?)> order, SendReport report, ParseResult arguments,
        CancellationToken cancellationToken)
    {
        var worst = ExitCode.Ok;
        while (true)
        {
            var began = _host.Time.GetTimestamp();
            var round = await folder.RunRoundAsync(order, new ProgressLines(_host, quiet: true), Ended, cancellationToken);

            // What is refused to the sender, whatever the file, is for a person to see, and not to be asked for every few seconds.
            if (round.Failure is { Outcome.End: SendEnd.Refused }) return ExitCode.Refused;
            if (arguments.GetValue(_once) && (round.Failure is not null || round.Growing == 0)) return worst;
            await Task.Delay(arguments.GetValue(_interval) ?? DefaultInterval, _host.Time, cancellationToken);

            void Ended(SentFile sent) => worst = ExitCode.Worst([worst, Tell(sent, _host.Time.GetElapsedTime(began))]);
        }

        int Tell(SentFile sent, TimeSpan elapsed)
        {
            var result = report.Judge(sent.Order, sent.Outcome, elapsed, unwritten: null);
            if (arguments.GetValue(_json)) JsonOutput.WriteLine(_host.Out, new { File = sent.Path, Outcome = result.Json });
            else report.WriteLine(result.Code, $"{sent.Path}: {result.Text}");
            return result.Code;
        }
    }

    (SendOrder Order, string? Problem) Order(ParseResult arguments, Profile profile, string origin, NameFields? fields, string path)
    {
        var manifest = _manifest.Manifest(arguments, profile, origin, path, _host.Time.GetLocalNow());
        string? problem = null;
        if (fields is not null) manifest = fields.Fill(manifest, Path.GetFileName(path), out problem);
        return (new SendOrder { FilePath = path, Manifest = manifest, ChunkSize = arguments.GetValue(_chunkSize) }, problem);
    }

    NameFields? Fields(ParseResult arguments)
    {
        if (arguments.GetValue(_namePattern) is not { } pattern) return null;
        return NameFields.TryParse(pattern, out var fields, out var problem)
            ? fields
            : throw new UsageException(Say.Text(Messages.ValueWrong, "--name-pattern", problem));
    }

    FolderSenderOptions Options(ParseResult arguments)
    {
        var (done, delete) = (arguments.GetValue(_done), arguments.GetValue(_delete));
        if (done is not null && delete) throw new UsageException(Messages.WatchNeedsOne);
        var rules = new WatchRules();
        var stableFor = arguments.GetValue(_stableFor) ?? rules.StableFor;
        if (stableFor <= TimeSpan.Zero) throw new UsageException(Say.Text(Messages.ValueWrong, "--stable-for", stableFor));
        return new FolderSenderOptions
        {
            Rules = rules with
            {
                Files = arguments.GetValue(_files) is { Length: > 0 } files ? files : rules.Files,
                Complete = Enum.Parse<CompleteRule>(arguments.GetValue(_complete) ?? $"{rules.Complete}", ignoreCase: true),
                StableFor = stableFor,
                MarkerSuffix = arguments.GetValue(_marker) ?? rules.MarkerSuffix,
            },
            Afterwards = done is not null ? FileEnd.Move : delete ? FileEnd.Delete : FileEnd.Keep,
            DoneFolder = Full(done),
            ErrorFolder = Full(arguments.GetValue(_errors)),
            Keep = arguments.GetValue(_out) is { } folder
                ? outcome => ReceiptFiles.Write(folder, SendReport.ReceiptsOf(outcome))
                : null,
        };
    }

    static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    FileSenderOptions SenderOptions(ParseResult arguments)
    {
        var options = new FileSenderOptions();
        var tries = arguments.GetValue(_tries) ?? options.Retry.MaxTries;
        if (tries < 1) throw new UsageException(Say.Text(Messages.ValueWrong, "--tries", tries));
        return options with { Retry = options.Retry with { MaxTries = tries } };
    }
}
