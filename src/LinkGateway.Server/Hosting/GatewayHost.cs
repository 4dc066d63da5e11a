using LinkGateway.Core.Configuration;
using LinkGateway.Core.Deadlines;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Jobs;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Pull;
using LinkGateway.Core.Replay;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Transfers;
using LinkGateway.Core.Watches;
using LinkGateway.Relay.Messages;
using LinkGateway.Server.Destinations;
using LinkGateway.Server.Jobs;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;
using LinkGateway.Server.Notices;
using LinkGateway.Server.Operator;
using LinkGateway.Server.Ports;
using LinkGateway.Server.Receipts;
using LinkGateway.Server.Retention;
using LinkGateway.Server.Security;
using LinkGateway.Server.Services;
using LinkGateway.Server.TestSeams;
using LinkGateway.Storage.Files;
using LinkGateway.Storage.Sqlite;

namespace LinkGateway.Server.Hosting;

/// <summary>A running gateway: puts the parts together, starts them in order and stops them in the reverse order.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    readonly GatewayHostOptions _options;
    readonly ILoggerFactory _loggers;
    readonly ILogger _logger;
    readonly Stack<Func<ValueTask>> _closing = new();
    readonly CancellationTokenSource _stopping = new();
    readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    ConfigurationWatch? _watch;

    GatewayHost(GatewayHostOptions options)
    {
        _options = options;
        _loggers = LoggerFactory.Create(options.Logging);
        _logger = _loggers.CreateLogger<GatewayHost>();
        _closing.Push(() => { _loggers.Dispose(); return ValueTask.CompletedTask; });
    }

    /// <summary>The addresses that the gateway listens on, with the ports as bound.</summary>
    public IReadOnlyList<string> Listeners { get; private set; } = [];

    /// <summary>The addresses for operators, with the ports as bound.</summary>
    public IReadOnlyList<string> OperatorListeners { get; private set; } = [];

    /// <summary>The data directory in use.</summary>
    public string DataDirectory { get; private set; } = "";

    /// <summary>Ends, with the error, when the gateway can no longer work and the process should end.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Starts a gateway; it takes requests when the call ends.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="StartException">It cannot start; the exception says what to do.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayHostOptions options, CancellationToken cancellationToken = default)
    {
        var host = new GatewayHost(options);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch (Exception error)
        {
            await host.DisposeAsync();
            if (error is StorageException storage)
                throw new StartException(ExitCode.DataUnavailable, [storage.Message], storage);
            throw;
        }
    }

    /// <summary>Reads the configuration again; a bad one leaves the old one in force.</summary>
    public ConfigurationResult Reload() => _watch!.Reload();

    /// <summary>
    /// Stops: no new requests, those that run finish within the time for stopping, deliveries break off where they can go on later.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        while (_closing.TryPop(out var close))
            await close();
        _stopping.Dispose();
    }

    async Task StartAsync(CancellationToken cancellationToken)
    {
        var configuration = Load();
        SoapCarriers.Require(configuration.Current.Configuration.SoapHost);
        if (_options.Seams is not null)
        {
            Seams.RequireLoopback(configuration.Current.Configuration);
            _logger.TestSeamsOpen();
        }
        var data = DataOf(configuration.Current.Configuration);
        Closing(DataDirectoryLock.Take(data.Directory));
        ListenersFile.Remove(data.Directory);

        var files = new PhysicalFileSystem();
        var gateway = configuration.Current.Configuration.Gateway;
        var own = new OwnCertificates(data.KeyDirectory, gateway.Id, files, _options.Time);
        var keys = Closing(await GatewayKeys.LoadAsync(
            configuration.Current.Configuration, own, _options.ConfigurationHost, _logger, cancellationToken));

        OwnerOnly.CreateDirectory(data.JournalDirectory);
        OwnerOnly.CreateDirectory(data.SpoolDirectory);
        var disk = new DiskSpace(data.SpoolDirectory, data.JournalDirectory);
        var core = OpenCore(configuration, data, files, keys, disk);
        Closing(new CertificateExpiryWatch(keys.All, core.Notices, _options.Time, _logger));
        await core.Standing.LoadAsync(core.Journal, cancellationToken);
        var transfers = new TransferService(core);
        var intake = new IntakeWatch(core, transfers);
        await intake.CountAsync(cancellationToken);
        var maintenance = new TransferMaintenance(core, transfers);
        var removals = new RetentionReporter(_loggers.CreateLogger<RetentionReporter>());
        OwnerOnly.CreateDirectory(data.ArchiveDirectory);
        var records = new RetentionRecords(
            new PhysicalFileSystem(UnixFileMode.UserRead | UnixFileMode.UserWrite), data.ArchiveDirectory);
        var retention = new RetentionService(core, transfers, disk, removals, records);
        if (await retention.ClearSpoolAsync(cancellationToken) is > 0 and var strays)
            removals.StraysRemoved(strays);

        var metrics = Closing(new GatewayMetrics());
        OwnerOnly.CreateDirectory(data.CallRecordDirectory);
        var relay = new RelayParts(
            configuration, _options.ConfigurationHost, transfers, core.Notices, metrics, data.CallRecordDirectory, _options.Time, _loggers);
        _closing.Push(relay.DisposeAsync);
        var web = new GatewayWeb(configuration, keys, transfers, metrics, relay.ServicesFor, _options, _loggers);
        _closing.Push(() => web.StopAsync(_logger));
        Listeners = await web.StartAsync(cancellationToken);
        var notices = new NoticeParts(core, _options.ConfigurationHost, _loggers);
        await OpenToOperatorsAsync(configuration, core, transfers, disk, keys, notices, cancellationToken);

        var peers = new GatewayPeers(_options.ConfigurationHost, _options.Time);
        var reporter = new DeliveryReporter(metrics, _loggers.CreateLogger<DeliveryReporter>());
        var messages = new MessageSender(relay.Channels, configuration, web.MessageLimits);
        var receivers = new FileReceivers(_options.ConfigurationHost, _options.Time);
        var folders = _options.Seams?.OverFolders(files) ?? files;
        Run(new DeliveryEngine(core, transfers, folders, peers, reporter, messages, receivers).RunAsync);
        Run(new ReceiptCollector(core, peers, reporter).RunAsync);
        var inboxes = new InboxPeers(_options.ConfigurationHost, _options.Time);
        Run(new PullService(core, transfers, inboxes, new PullReporter(_loggers.CreateLogger<PullReporter>())).RunAsync);
        var watches = new WatchReporter(_loggers.CreateLogger<WatchReporter>());
        Run(new WatchService(core, transfers, folders, new PhysicalFolderView(), watches).RunAsync);
        OwnerOnly.CreateDirectory(data.JobDirectory);
        var jobs = new JobReporter(_loggers.CreateLogger<JobReporter>());
        Run(new FolderJobService(core, transfers, new ProcessJobRunner(data.JobDirectory, jobs.Output), jobs).RunAsync);
        Run(new ReplayService(core, transfers, new ReplayReporter(_loggers.CreateLogger<ReplayReporter>())).RunAsync);
        Run(intake.RunAsync);
        Run(notices.Service.RunAsync);
        Run(notices.Sinks.RunAsync);
        Run(notices.Callbacks.RunAsync);
        Run(maintenance.RunAsync);
        Run(new DeadlineWatch(core).RunAsync);
        Run(retention.RunAsync);
        _watch = Closing(new ConfigurationWatch(
            _options.ConfigurationPath, configuration, _options.WatchConfiguration, _options.Time, _logger));
        Announce(gateway);
        web.TakeRequests();
    }

    ConfigurationSource Load()
    {
        var result = GatewayConfiguration.Load(_options.ConfigurationPath, _options.ConfigurationHost);
        return result.Succeeded
            ? new ConfigurationSource(result.Snapshot, _options.ConfigurationPath, _options.ConfigurationHost)
            : throw new StartException(ExitCode.BadConfiguration, [.. result.Errors.Select(error => error.ToString())]);
    }

    DataSettings DataOf(GatewayConfiguration configuration)
    {
        var data = configuration.Data;
        if (_options.DataDirectory is { } instead)
            data = data with { Directory = Path.GetFullPath(instead) };
        DataDirectory = data.Directory;
        return data;
    }

    CoreServices OpenCore(
        ConfigurationSource configuration, DataSettings data, PhysicalFileSystem files, GatewayKeys keys, DiskSpace disk)
    {
        var stores = new StoreWatch(_options.Time);
        var journal = SqliteJournal.Open(
            new SqliteJournalOptions { Path = Path.Combine(data.JournalDirectory, "journal.db"), Watch = stores });
        _closing.Push(journal.DisposeAsync);
        var payloads = new FilePayloadStore(
            _options.Seams?.OverSpool(files) ?? files, data.SpoolDirectory, new FilePayloadStoreOptions { Watch = stores });
        _closing.Push(payloads.DisposeAsync);
        return new CoreServices
        {
            Configuration = configuration,
            Journal = journal,
            Payloads = payloads,
            Scheduler = new SystemScheduler(_options.Time),
            Random = new SystemRandom(),
            Time = _options.Time,
            Signer = new GatewayReceiptSigner(keys.Signer),
            Verifier = new TrustedReceiptVerifier(configuration),
            Disk = disk,
            Memory = new ProcessMemory(_options.Time),
            Stores = stores,
        };
    }

    async Task OpenToOperatorsAsync(
        ConfigurationSource configuration, CoreServices core, TransferService transfers, DiskSpace disk, GatewayKeys keys,
        NoticeParts notices, CancellationToken cancellationToken)
    {
        if (configuration.Current.Configuration.Operator is not { } settings)
            return;
        var startedAt = core.Now;
        var requests = new OperatorRequests(
            core,
            new OperatorOrders(core, transfers),
            new OperatorQueries(core),
            new ReplayOrders(core),
            new SpaceQueries(core, disk),
            new ConfigurationProbe(
                configuration, _options.ConfigurationPath, _options.DataDirectory, _options.ConfigurationHost, _options.Time),
            () => new GatewayIdentity(startedAt, core.Now, Listeners, OperatorListeners, _options.Seams is not null),
            configuration,
            _loggers.CreateLogger<OperatorRequests>());
        var noticeRequests = new NoticeRequests(notices.Queries, notices.Sinks, requests);
        var web = new OperatorWeb(configuration, settings, keys, requests, noticeRequests, _options, _loggers);
        _closing.Push(() => web.StopAsync(_logger));
        OperatorListeners = await web.StartAsync(cancellationToken);
        _logger.OperatorsWelcome(string.Join(", ", OperatorListeners));
    }

    void Run(Func<CancellationToken, Task> work)
    {
        var running = WatchedAsync();
        _closing.Push(async () =>
        {
            await _stopping.CancelAsync();
            await running;
        });

        async Task WatchedAsync()
        {
            try
            {
                await work(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // Stopped as asked.
            }
            catch (Exception error)
            {
                _logger.WorkFailed(error);
                _failed.TrySetException(error);
            }
        }
    }

    void Announce(GatewaySettings gateway)
    {
        ListenersFile.Write(DataDirectory, Listeners, OperatorListeners);
        _closing.Push(() => { ListenersFile.Remove(DataDirectory); return ValueTask.CompletedTask; });
        _logger.Ready(gateway.Id, gateway.Environment.WireName(), string.Join(", ", Listeners), DataDirectory);
    }

    T Closing<T>(T part)
        where T : IDisposable
    {
        _closing.Push(() => { part.Dispose(); return ValueTask.CompletedTask; });
        return part;
    }
}
