using System.CommandLine;
using System.Text.Json;
using LinkGateway.Cli.Connecting;
using LinkGateway.Cli.Output;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Receiving;

namespace LinkGateway.Cli.Commands;

/// <summary><c>linkgw receive --into DIR</c>.</summary>
sealed class ReceiveCommand
{
    // As long as the gateway may be asked to wait (DESIGN section 6, ListInbox).
    const int LongPollSeconds = 30;

    static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);

    readonly CliHost _host;
    readonly ConnectionArguments _connection = new();
    readonly Option<string> _into = new("--into") { Description = Messages.OptionInto, HelpName = "DIR", Required = true };
    readonly Option<bool> _once = new("--once") { Description = Messages.OptionOnce };
    readonly Option<bool> _watch = new("--watch") { Description = Messages.OptionWatch };
    readonly Option<TimeSpan?> _interval = Parsing.Duration("--interval", Messages.OptionInterval);
    readonly Option<string?> _receiver = new("--receiver") { Description = Messages.OptionInboxReceiver, HelpName = "ID" };
    readonly Option<string?> _interface = new("--interface") { Description = Messages.OptionReceiveInterface, HelpName = "INTERFACE" };
    readonly Option<string?> _onExists = Parsing.Word("--on-exists", Messages.OptionOnExists, "refuse", "number", "replace");
    readonly Option<int?> _keep = new("--keep") { Description = Messages.OptionKeep, HelpName = "N" };
    readonly Option<int?> _max = new("--max") { Description = Messages.OptionMax, HelpName = "N" };
    readonly Option<string?> _job = new("--job") { Description = Messages.OptionJob, HelpName = "COMMAND" };
    readonly Option<string?> _errorJob = new("--error-job") { Description = Messages.OptionErrorJob, HelpName = "COMMAND" };
    readonly Option<TimeSpan?> _jobTimeout = Parsing.Duration("--job-timeout", Messages.OptionJobTimeout);
    readonly Option<string?> _receipts = new("--receipts") { Description = Messages.OptionOut, HelpName = "DIR" };
    readonly Option<string[]> _receiptTrust = new("--receipt-trust") { Description = Messages.OptionReceiveTrust, HelpName = "CERT" };
    readonly Option<int?> _tries = new("--tries") { Description = Messages.OptionTries, HelpName = "N" };
    readonly Option<bool> _json = new("--json") { Description = Messages.OptionReceiveJson };

    ReceiveCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var receive = new ReceiveCommand(host);
        var command = new Command("receive", $"{Messages.DescribeReceive}\n\n{Messages.ExitCodes}");
        foreach (Option option in new Option[]
        {
            receive._into, receive._once, receive._watch, receive._interval, receive._receiver, receive._interface, receive._onExists,
            receive._keep, receive._max, receive._job, receive._errorJob, receive._jobTimeout, receive._receipts, receive._receiptTrust,
            receive._tries, receive._json,
        })
        {
            command.Options.Add(option);
        }
        receive._connection.AddTo(command);
        command.SetAction(receive.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_once) && arguments.GetValue(_watch)) throw new UsageException(Messages.ReceiveNeedsOne);
        var profile = _connection.Profile(arguments, _host);
        var options = Options(arguments, profile);
        using var link = _connection.Connect(arguments, _host, profile);
        var into = arguments.GetValue(_into)!;
        using var receiver = InboxReceiver.TryOpen(link.Client, into, options, _host.Time);
        if (receiver is null)
        {
            await _host.Error.WriteLineAsync(Say.Text(Messages.ReceiveLocked, into));
            return ExitCode.Temporary;
        }

        try
        {
            if (arguments.GetValue(_watch)) return await WatchAsync(receiver, arguments, cancellationToken);
            var (round, report) = await RoundAsync(receiver, arguments, 0, cancellationToken);
            return report.Finish(round);
        }
        catch (JsonException e)
        {
            throw new UsageException(Say.Text(Messages.FileTrouble, e.Message));
        }
    }

    async Task<int> WatchAsync(InboxReceiver receiver, ParseResult arguments, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (round, report) = await RoundAsync(receiver, arguments, LongPollSeconds, cancellationToken);
            if (round.Outcomes.Count > 0 || round.Failure is not null) report.Finish(round);
            // What the gateway refuses for good is for a person to see, and not to be asked for every few seconds.
            if (round.Failure is { Temporary: false }) return ExitCode.Refused;
            // The long poll is the pause; but what waits and cannot be received would be listed at once, again and again.
            if (!round.Outcomes.Any(ReceiveReport.IsSettled) && (round.Outcomes.Count > 0 || round.Failure is not null))
                await Task.Delay(arguments.GetValue(_interval) ?? DefaultInterval, _host.Time, cancellationToken);
        }
    }

    async Task<(ReceiveRound Round, ReceiveReport Report)> RoundAsync(
        InboxReceiver receiver, ParseResult arguments, int waitSeconds, CancellationToken cancellationToken)
    {
        var json = arguments.GetValue(_json);
        var report = new ReceiveReport(_host, json);
        var round = await receiver.RunRoundAsync(waitSeconds, new ReceiveLines(_host, quiet: json), report.Tell, cancellationToken);
        return (round, report);
    }

    InboxReceiverOptions Options(ParseResult arguments, Profile profile)
    {
        var options = new InboxReceiverOptions();
        var tries = arguments.GetValue(_tries) ?? options.Retry.MaxTries;
        var keep = arguments.GetValue(_keep) ?? options.Generations;
        var max = arguments.GetValue(_max) ?? options.MaxFiles;
        var whenExists = Enum.Parse<WhenExists>(arguments.GetValue(_onExists) ?? nameof(WhenExists.Refuse), ignoreCase: true);
        if (tries < 1) throw new UsageException(Say.Text(Messages.ValueWrong, "--tries", tries));
        if (max < 1) throw new UsageException(Say.Text(Messages.ValueWrong, "--max", max));
        if (keep is < 0 or > 1_000) throw new UsageException(Say.Text(Messages.ValueWrong, "--keep", keep));
        if (keep > 0 && whenExists != WhenExists.Replace) throw new UsageException(Messages.ReceiveKeepNeedsReplace);
        return options with
        {
            Receiver = arguments.GetValue(_receiver),
            InterfaceId = arguments.GetValue(_interface),
            MaxFiles = max,
            WhenExists = whenExists,
            Generations = keep,
            ReceiptTrust = CertificateFiles.Trusted(
                arguments.GetValue(_receiptTrust) is { Length: > 0 } given ? given : profile.ReceiptTrust),
            Job = Job(arguments, _job),
            ErrorJob = Job(arguments, _errorJob),
            KeepReceipt = arguments.GetValue(_receipts) is { } folder ? receipt => ReceiptFiles.Write(folder, receipt) : null,
            Retry = options.Retry with { MaxTries = tries },
        };
    }

    CommandJob? Job(ParseResult arguments, Option<string?> option)
    {
        if (arguments.GetValue(option) is not { } line) return null;
        string[] shell = OperatingSystem.IsWindows() ? ["cmd.exe", "/c"] : ["/bin/sh", "-c"];
        return new CommandJob(
            [.. shell, line],
            _host.Error.WriteLine,
            name => name is not (ConnectionArguments.PasswordVariable or CertificateFiles.PfxPassword),
            arguments.GetValue(_jobTimeout));
    }
}
