using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Replay;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Tests.Configuration;
using LinkGateway.Core.Transfers;
using LinkGateway.Storage.Files;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Journal;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.World;

/// <summary>One gateway without network, disk and clock: all of Core over ports that a test holds in its hands.</summary>
sealed class CoreWorld : IPeerFactory, IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    static readonly TimeSpan Standing = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    readonly TestHost _host = new();
    readonly CancellationTokenSource _stop = new();
    readonly List<Task> _workers = [];
    readonly WorkContext _work;

    public CoreWorld(string id = "gw-a", Action<JsonNode>? configuration = null, WorldParts? parts = null)
    {
        parts ??= new WorldParts();
        (Id, Time, Journal, Spool, Files) = (id, parts.Time, parts.Journal, parts.Spool, parts.Files);
        (_work, Scheduler) = (WorkContext.Of(Time), new TestScheduler(Time));
        Store = new FaultyStore(new FilePayloadStore(Spool, "/data/spool"));
        Services = new CoreServices
        {
            Configuration = Source(id, configuration, _host),
            Journal = Journal,
            Payloads = Store,
            Scheduler = Scheduler,
            Random = new SeededRandom(parts.Seed),
            Time = Time,
            Signer = new TestReceipts(),
            Verifier = new TestReceipts(),
            Cores = parts.Cores,
            Disk = Disk,
            Memory = Memory,
            Stores = new StoreWatch(Time),
        };
        Transfers = new TransferService(Services);
        Sender = new DirectSender(id);
        Maintenance = new TransferMaintenance(Services, Transfers);
        Retention = new RetentionService(Services, Transfers, Disk, Removals);
    }

    public string Id { get; }

    public ManualTime Time { get; }

    public InMemoryJournal Journal { get; }

    /// <summary>Where payloads lie.</summary>
    public RecordingFileSystem Spool { get; }

    /// <summary>Where folder destinations lie.</summary>
    public RecordingFileSystem Files { get; }

    public FaultyStore Store { get; }

    public TestScheduler Scheduler { get; }

    public CoreServices Services { get; }

    public TransferService Transfers { get; }

    public TransferMaintenance Maintenance { get; }

    public RetentionService Retention { get; }

    /// <summary>The room of this gateway.</summary>
    public TestDisk Disk { get; } = new();

    /// <summary>The memory that this gateway uses.</summary>
    public TestMemory Memory { get; } = new();

    public RecordedRemovals Removals { get; } = new();

    public RecordedEvents Events { get; } = new();

    public RecordedReplays Replays { get; } = new();

    /// <summary>The gateways that can be reached from here, by id.</summary>
    public ConcurrentDictionary<string, DirectPeer> Peers { get; } = [];

    /// <summary>Receivers, and gateways that messages can be posted to.</summary>
    public DirectSender Sender { get; }

    /// <summary>The receiving system that files are pushed to.</summary>
    public DirectReceiver Receiving { get; init; } = new();

    public DeliveryEngine? Engine { get; private set; }

    public static CancellationToken Never => CancellationToken.None;

    public IPeer PeerOf(GatewayDestination destination) => Peers[destination.Gateway];

    /// <summary>Connects this gateway with the next one.</summary>
    public DirectPeer ConnectTo(CoreWorld next)
    {
        Sender.Gateways[next.Id] = next;
        return Peers[next.Id] = new DirectPeer(Id, next);
    }

    /// <summary>Bytes that a seed decides.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Manifest Manifest(string transferId, byte[]? declared = null) => new()
    {
        Origin = Origin,
        Receivers = [Receiver],
        InterfaceId = Interface,
        TransferId = transferId,
        Kind = "full",
        Environment = "test",
        FileName = $"{transferId}.csv",
        Size = declared?.Length,
        Sha256 = declared is null ? null : Sha256Digest.Of(declared),
    };

    public static TransferReference Reference(string transferId) => new() { TransferId = transferId };

    public static TransferIdentity Identity(string transferId) => new(Origin, transferId, "", 0);

    public static TransferIdentity ForwardIdentity(string transferId) => new(Origin, transferId, Receiver, 0);

    public async Task<Outcome<AcceptResult>> SubmitAsync(
        Manifest manifest, byte[] bytes, TestBody? body = null, long? chunkSize = null, CancellationToken cancellationToken = default)
    {
        var request = new SubmitFileRequest
        {
            Transfer = Reference(manifest.TransferId),
            Manifest = manifest,
            File = "file",
            ChunkSize = chunkSize,
        };
        var answer = Transfers.SubmitFileAsync(Origin, request, body ?? new TestBody(bytes), cancellationToken);
        return await answer.AsTask().WaitAsync(Patience, Never);
    }

    public async Task<Outcome<OpenTransferResult>> OpenAsync(Manifest manifest, long? chunkSize = null)
    {
        var request = new OpenTransferRequest { Transfer = Reference(manifest.TransferId), Manifest = manifest, ChunkSize = chunkSize };
        return await Transfers.OpenTransferAsync(Origin, request, Never).AsTask().WaitAsync(Patience, Never);
    }

    /// <summary>Sends chunk <paramref name="index"/> of <paramref name="file"/>.</summary>
    public Task<Outcome<PutChunkResult>> PutAsync(
        string transferId, int attempt, int index, byte[] file, Func<ReadOnlyMemory<byte>, TestBody>? body = null) =>
        PutAsync(Chunk(transferId, attempt, index, file), (body ?? (bytes => new TestBody(bytes)))(Slice(file, index)));

    public async Task<Outcome<PutChunkResult>> PutAsync(PutChunkRequest request, TestBody body) =>
        await Transfers.PutChunkAsync(Origin, request, body, Never).AsTask().WaitAsync(Patience, Never);

    public static PutChunkRequest Chunk(string transferId, int attempt, int index, byte[] file, int chunkSize = ChunkSize)
    {
        var slice = Slice(file, index, chunkSize);
        return new PutChunkRequest
        {
            Transfer = Reference(transferId),
            Attempt = attempt,
            Index = index,
            Offset = (long)index * chunkSize,
            Length = slice.Length,
            Sha256 = Sha256Digest.Of(slice.Span),
            File = "chunk",
        };
    }

    public static ReadOnlyMemory<byte> Slice(byte[] file, int index, int chunkSize = ChunkSize) =>
        file.AsMemory(index * chunkSize, Math.Min(chunkSize, file.Length - (index * chunkSize)));

    public static int ChunksOf(byte[] file, int chunkSize = ChunkSize) => (file.Length + chunkSize - 1) / chunkSize;

    public async Task<Outcome<AcceptResult>> CommitAsync(string transferId, int attempt, byte[] file)
    {
        var request = new CommitTransferRequest
        {
            Transfer = Reference(transferId),
            Attempt = attempt,
            Size = file.Length,
            Sha256 = Sha256Digest.Of(file),
        };
        return await Transfers.CommitTransferAsync(Origin, request, Never).AsTask().WaitAsync(Patience, Never);
    }

    public async Task<Outcome<CancelResult>> CancelAsync(string transferId) => await Transfers.CancelTransferAsync(
        Origin, new CancelTransferRequest { Transfer = Reference(transferId) }, Never).AsTask().WaitAsync(Patience, Never);

    public async Task<TransferStatusResult> StatusAsync(string transferId)
    {
        var request = new GetTransferStatusRequest { Transfer = Reference(transferId) };
        return (await Transfers.GetTransferStatusAsync(Origin, request, Never)).Value!;
    }

    public async Task<TransferRecord> RowAsync(TransferIdentity identity) => (await Journal.FindTransferAsync(identity, Never))!;

    /// <summary>The only delivery that counts of a transfer.</summary>
    public async Task<DeliveryRecord> DeliveryAsync(TransferIdentity identity)
    {
        var row = await RowAsync(identity);
        return Assert.Single(await Journal.DeliveriesAsync(identity, Never), delivery => delivery.PayloadId == row.PayloadId);
    }

    /// <summary>All bytes of a transfer as they are stored.</summary>
    public async Task<byte[]> StoredAsync(TransferIdentity identity)
    {
        var row = await RowAsync(identity);
        await using var reader = await Transfers.Payloads.OpenAsync(row, Never);
        var bytes = new byte[row.Size!.Value];
        for (var length = 0; length < bytes.Length;)
        {
            var read = await reader.ReadAsync(length, bytes.AsMemory(length), Never);
            Assert.NotEqual(0, read);
            length += read;
        }

        return bytes;
    }

    /// <summary>Starts to deliver, and to fetch receipts.</summary>
    /// <param name="files">The file system of folder destinations; null for <see cref="Files"/> itself.</param>
    public async Task StartAsync(IFileSystem? files = null)
    {
        await Files.CreateDirectoryAsync(Folder, Never);
        Engine = new DeliveryEngine(Services, Transfers, files ?? Files, this, Events, Sender, Receiving);
        _workers.Add(Begin(() => Engine.RunAsync(_stop.Token)));
        _workers.Add(Begin(() => new ReceiptCollector(Services, this, Events).RunAsync(_stop.Token)));
    }

    /// <summary>Starts to carry out orders to replay.</summary>
    public void StartReplays() => _workers.Add(Begin(() => new ReplayService(Services, Transfers, Replays).RunAsync(_stop.Token)));

    /// <summary>Begins what a test stops itself; the clock that a test lets run waits for its work.</summary>
    public Task Begin(Func<Task> work) => _work.Begin(work);

    /// <summary>Waits until all that can be done while the clock stands is done.</summary>
    public async Task RestAsync() => Assert.True(await _work.RestAsync(), "Somebody works on and on.");

    /// <summary>Puts another configuration into force while the gateway runs.</summary>
    public void Reload(Action<JsonNode> configuration)
    {
        Write(Id, configuration, _host);
        Assert.Empty(Services.Configuration.Reload().Errors);
    }

    /// <summary>Waits until the delivery is in a state; the clock stands.</summary>
    public Task<DeliveryRecord> UntilAsync(TransferIdentity identity, DeliveryState state) =>
        UntilAsync(identity, delivery => delivery.State == state, $"{state}");

    /// <summary>Waits until the delivery is in a state, while the clock runs.</summary>
    public Task<DeliveryRecord> DriveAsync(TransferIdentity identity, DeliveryState state) =>
        DriveAsync(identity, delivery => delivery.State == state, $"{state}");

    /// <summary>Waits until the delivery is as wanted, while the clock runs.</summary>
    public Task<DeliveryRecord> DriveAsync(TransferIdentity identity, Func<DeliveryRecord, bool> condition, string what) =>
        UntilAsync(identity, condition, what, StepAsync);

    /// <summary>Lets the clock run until <paramref name="condition"/> holds.</summary>
    public Task DriveAsync(Func<bool> condition, string what) => DriveAsync(() => Task.FromResult(condition()), what);

    /// <summary>Lets the clock run until <paramref name="condition"/> holds.</summary>
    public Task DriveAsync(Func<Task<bool>> condition, string what) => Waiting.UntilAsync(
        async () =>
        {
            if (await condition()) return await SettledAsync();
            await StepAsync();
            return false;
        },
        () => what);

    /// <summary>Waits until the delivery is as wanted; the clock stands.</summary>
    public Task<DeliveryRecord> UntilAsync(TransferIdentity identity, Func<DeliveryRecord, bool> condition, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        return UntilAsync(identity, condition, what, () =>
        {
            // Who reads the time, and sets a timer by it while a test moves the clock, has set it too late: then only a creeping clock
            // brings on what is waited for.
            if (TimeProvider.System.GetElapsedTime(began) > Standing && _work.IsAtRest) Time.Advance(Tick);
            return Task.CompletedTask;
        });
    }

    async Task<DeliveryRecord> UntilAsync(
        TransferIdentity identity, Func<DeliveryRecord, bool> condition, string what, Func<Task> goOnAsync)
    {
        DeliveryRecord? last = null;
        await Waiting.UntilAsync(
            async () =>
            {
                var isKnown = await Journal.FindTransferAsync(identity, Never) is not null;
                if (isKnown && condition(last = await DeliveryAsync(identity))) return await SettledAsync();
                await goOnAsync();
                return false;
            },
            () => $"{what}; it is {last}; crashes: {string.Join("; ", Events.Crashes)}");
        return last!;
    }

    // Were the clock not to wait for who is at work, hours could pass within one of their steps on a slow machine, and leases run out.
    async Task StepAsync()
    {
        if (!_work.IsAtRest && await _work.RestAsync()) return;
        Time.Advance(Tick);
    }

    // What was waited for is committed; what is told of it, and what else follows at once, comes only then.
    async Task<bool> SettledAsync()
    {
        await _work.RestAsync();
        return true;
    }

    /// <summary>Stops what was started, as a process that ends.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        foreach (var worker in _workers)
            await worker.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _workers.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
