using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Transfers;
using LinkGateway.Simulation.Network;
using LinkGateway.Simulation.Nights;
using LinkGateway.Simulation.Timing;
using LinkGateway.Storage.Files;

namespace LinkGateway.Simulation.Hosts;

/// <summary>One life of a gateway: all of Core and the payload store over the host's ports, put together as the server does it.</summary>
sealed class Gateway
{
    readonly Host _host;
    readonly CoreServices _services;
    readonly CancellationTokenSource _stopping = new();
    readonly TransferMaintenance _maintenance;
    readonly RetentionService _retention;
    readonly HostFiles _files;
    readonly List<Task> _running = [];

    public Gateway(Host host, Life life, ConfigurationSnapshot configuration)
    {
        (_host, Life) = (host, life);
        _files = new HostFiles(host, life);
        _services = new CoreServices
        {
            Configuration = new ConfigurationSource(configuration, "/gateway.json"),
            Journal = new HostJournal(host, life),
            Payloads = new FilePayloadStore(_files, Places.Spool),
            Scheduler = new LifeScheduler(life),
            Random = new DiceRandom(host.Dice.Fork()),
            Time = host.Clock,
            Signer = host.Night.Receipts,
            Verifier = host.Night.Receipts,
            Cores = host.Dice.Between(1, 2),
        };
        Transfers = new TransferService(_services);
        Orders = new OperatorOrders(_services, Transfers);
        _maintenance = new TransferMaintenance(_services, Transfers);
        _retention = new RetentionService(_services, Transfers, new HostSpace(), new RetentionTrace(host));
    }

    public Life Life { get; }

    public TransferService Transfers { get; }

    public OperatorOrders Orders { get; }

    /// <summary>Ends when the gateway stops as asked.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public async Task RunAsync()
    {
        try
        {
            await _files.CreateDirectoryAsync(Places.Spool, default);
            foreach (var receiver in _host.Receivers) await _files.CreateDirectoryAsync(Places.FolderOf(receiver.Id), default);
            await _retention.ClearSpoolAsync(default);
        }
        catch (StorageException e)
        {
            _host.Night.Trace.Write(_host.Id, $"cannot start: {e.Message}");
            _host.Exit(Life);
            return;
        }

        _host.Night.Trace.Write(_host.Id, $"takes requests");
        _host.Current = this;
        var peers = new PeersOf(_host, Life);
        var events = new GatewayEvents(_host);
        Watch(new DeliveryEngine(_services, Transfers, _files, peers, events).RunAsync(_stopping.Token), "the delivery engine");
        Watch(new ReceiptCollector(_services, peers, events).RunAsync(_stopping.Token), "the receipt collector");
        Watch(_maintenance.RunAsync(_stopping.Token), "maintenance");
        Watch(_retention.RunAsync(_stopping.Token), "retention");
    }

    /// <summary>Stops as a process that is asked to; then the life is over.</summary>
    public async Task StopAsync()
    {
        _host.Current = null;
        _host.Night.Trace.Write(_host.Id, $"stops");
        await _stopping.CancelAsync();
        foreach (var running in _running) await running;
        _host.Exit(Life);
    }

    void Watch(Task work, string what) => _running.Add(WatchAsync(work, what));

    async Task WatchAsync(Task work, string what)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped as asked.
        }
        catch (StorageException e)
        {
            // The server ends where one of its workers fails; its supervisor starts it again.
            _host.Night.Trace.Write(_host.Id, $"{what} failed: {e.Message}");
            _host.Exit(Life);
        }
        catch (Exception e)
        {
            _host.Night.Fail($"{_host.Id}: {what} died: {e}");
        }
    }
}
