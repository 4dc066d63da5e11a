using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Proxying;
using LinkGateway.FaultHarness.Receiving;
using LinkGateway.FaultHarness.Sending;

namespace LinkGateway.FaultHarness.Gateways;

/// <summary>Sender, two or three gateways, receiver, each a process, and a line that can be bad between each two of them.</summary>
sealed class Fleet : IDisposable
{
    static readonly Dictionary<string, string> Passwords =
        new[]
        {
            FleetConfiguration.OriginPassword, FleetConfiguration.ReceiverPassword, FleetConfiguration.OperatorPassword,
            PasswordOf("gw-a"), PasswordOf("gw-m"), PasswordOf("gw-b"),
        }.ToDictionary(name => name, _ => RandomNumberGenerator.GetHexString(32));

    static readonly X509Certificate2 LineIdentity = MakeLineIdentity();

    readonly Dictionary<GatewayProcess, Orders> _orders = [];
    (int Port, BatchClient Client)? _atEntry;

    Fleet(FleetPlan plan, string folder)
    {
        (Plan, Folder) = (plan, folder);
        Entry = Gateway("gw-a");
        Last = Gateway("gw-b");
        ToEntry = ProxyTo(Entry);
        ToLast = ProxyTo(Last);
        if (plan.Middle)
        {
            Middle = Gateway("gw-m");
            ToMiddle = ProxyTo(Middle);
            MiddleToLast = ProxyTo(Last);
        }
        ReceiverFolder = Directory.CreateDirectory(Path.Combine(folder, "akiya-in")).FullName;
        ArchiveFolder = Directory.CreateDirectory(Path.Combine(folder, "bunsho-in")).FullName;
        Taker = MakeTaker();
        Outbox = new Outbox(Path.Combine(folder, "outbox"));
    }

    public FleetPlan Plan { get; }

    public string Folder { get; }

    /// <summary>Takes in what the sender sends.</summary>
    public GatewayProcess Entry { get; }

    /// <summary>Between the two, where there is one.</summary>
    public GatewayProcess? Middle { get; }

    /// <summary>Publishes for the receiver.</summary>
    public GatewayProcess Last { get; }

    public FaultProxy ToEntry { get; }

    public FaultProxy? ToMiddle { get; }

    public FaultProxy ToLast { get; }

    public FaultProxy? MiddleToLast { get; }

    /// <summary>
    /// Between the last gateway and the receiving system, whichever of them calls the other; null where that takes from a folder.
    /// </summary>
    public FaultProxy? ToReceiver { get; private set; }

    /// <summary>The receiving system.</summary>
    public IReceivingSystem Taker { get; }

    public Outbox Outbox { get; }

    public string ReceiverFolder { get; }

    public string ArchiveFolder { get; }

    public IEnumerable<GatewayProcess> Gateways => Middle is null ? [Entry, Last] : [Entry, Middle, Last];

    public IEnumerable<FaultProxy> Proxies =>
        new[] { ToEntry, ToMiddle, ToLast, MiddleToLast, ToReceiver }.OfType<FaultProxy>();

    /// <summary>The certificate that opened lines show.</summary>
    public static string LineCertificate { get; } = WriteLineCertificate();

    /// <summary>Bytes that all lines carried forward.</summary>
    public long Sent => Proxies.Sum(proxy => proxy.Sent);

    /// <summary>The sending system.</summary>
    public Sender Sender => SenderTo(FleetConfiguration.Receiver);

    /// <summary>Starts all of them.</summary>
    public static async Task<Fleet> StartAsync(FleetPlan plan, string folder)
    {
        var fleet = new Fleet(plan, folder);
        try
        {
            foreach (var gateway in fleet.Gateways) gateway.From = plan.EarlierBuild;
            await Task.WhenAll(fleet.Gateways.Select(gateway => gateway.MakeKeysAsync()));
            fleet.Entry.Configure(FleetConfiguration.Entry(fleet));
            fleet.Last.Configure(FleetConfiguration.Last(fleet));
            fleet.Middle?.Configure(FleetConfiguration.Middle(fleet));
            await Task.WhenAll(fleet.Gateways.Select(fleet.StartAsync));
            fleet.Taker.Start();
            return fleet;
        }
        catch
        {
            fleet.Dispose();
            throw;
        }
    }

    /// <summary>The environment variable with a gateway's password.</summary>
    public static string PasswordOf(string gatewayId) => gatewayId.ToUpperInvariant().Replace('-', '_') + "_PASSWORD";

    /// <summary>Starts a gateway, again where it has ended.</summary>
    public Task StartAsync(GatewayProcess gateway) =>
        // An earlier build may have no seams, or others.
        gateway.From is null ? gateway.StartAsync("--test-seams", _orders[gateway].Folder) : gateway.StartAsync();

    /// <summary>The orders that a gateway follows.</summary>
    public Orders OrdersOf(GatewayProcess gateway) => _orders[gateway];

    /// <summary>SIGKILL, and a new start on the same data.</summary>
    public async Task RestartAsync(GatewayProcess gateway)
    {
        await gateway.KillAsync();
        await StartAsync(gateway);
    }

    /// <summary>The sending system, for one of the receivers.</summary>
    public Sender SenderTo(string receiver) => new(
        Folder,
        [
            "--server", AddressOf(ToEntry).ToString(), "--user", FleetConfiguration.Origin, "--to", receiver,
            "--interface", FleetConfiguration.Interface, "--environment", "test",
            "--trust", Entry.TlsCertificate, "--trust", LineCertificate,
        ],
        Passwords[FleetConfiguration.OriginPassword]);

    /// <summary>Address of a batch service behind a line.</summary>
    public static Uri AddressOf(FaultProxy proxy) => new($"https://127.0.0.1:{proxy.Port}/batch");

    /// <summary>What the first gateway says of a transfer to its origin; null while it does not answer.</summary>
    public async Task<TransferStatusResult?> StatusAsync(string transferId)
    {
        var request = new GetTransferStatusRequest { Transfer = new TransferReference { TransferId = transferId } };
        return (await AtEntry().GetTransferStatusAsync(request, CancellationToken.None)).Value;
    }

    /// <summary>What the last gateway says of it to the first one; null while it does not know it.</summary>
    public async Task<TransferStatusResult?> StatusAtLastAsync(string transferId)
    {
        var reference = new TransferReference
        {
            Origin = FleetConfiguration.Origin,
            TransferId = transferId,
            Receiver = FleetConfiguration.Receiver,
        };
        var client = Last.As(Entry.Id, Passwords[PasswordOf(Entry.Id)]);
        return (await client.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = reference }, CancellationToken.None)).Value;
    }

    /// <summary>The receipts of a transfer at the first gateway.</summary>
    public async Task<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(string transferId)
    {
        var request = new GetReceiptsRequest { Transfer = new TransferReference { TransferId = transferId } };
        return (await AtEntry().GetReceiptsAsync(request, CancellationToken.None)).Value?.Receipts ?? [];
    }

    /// <summary>The batch service of the first gateway as one of the sending systems sees it, past the line.</summary>
    public BatchClient AtEntryAs(string participant) => Entry.As(participant, Passwords[FleetConfiguration.OriginPassword]);

    /// <summary>An operator's order at the last gateway.</summary>
    public async Task OrderAtLastAsync(params string[] order)
    {
        string[] connection =
            ["--server", $"{Last.OperatorAddress}", "--trust", Last.TlsCertificate, "--user", FleetConfiguration.Operator];
        using var linkgw = Child.Start(
            "linkgw", ["operator", .. order, "--reason", "fault harness", "--yes", .. connection], Folder,
            new Dictionary<string, string> { ["LINKGW_PASSWORD"] = Passwords[FleetConfiguration.OperatorPassword] });
        if (await linkgw.ExitAsync() != 0) throw new InvalidOperationException($"{linkgw.Output}{linkgw.Errors}");
    }

    public void Dispose()
    {
        Taker.Dispose();
        foreach (var gateway in Gateways) gateway.Dispose();
        foreach (var proxy in Proxies) proxy.Dispose();
    }

    BatchClient AtEntry()
    {
        if (_atEntry is { } known && known.Port == Entry.Ports[0]) return known.Client;
        var client = Entry.As(FleetConfiguration.Origin, Passwords[FleetConfiguration.OriginPassword]);
        _atEntry = (Entry.Ports[0], client);
        return client;
    }

    IReceivingSystem MakeTaker()
    {
        var work = Directory.CreateDirectory(Path.Combine(Folder, "akiya")).FullName;
        if (Plan.Receiver == ReceiverKind.Folder) return new TakerProcess(ReceiverFolder, work);
        if (Plan.IsPushed)
        {
            var pushed = new PushedProcess(ReceiverFolder, work);
            ToReceiver = new FaultProxy(() => pushed.Port, certificate: null);
            return pushed;
        }
        ToReceiver = ProxyTo(Last);
        IReadOnlyList<string> connection =
        [
            "--server", AddressOf(ToReceiver).ToString(), "--user", FleetConfiguration.Receiver,
            "--trust", Last.TlsCertificate, "--trust", LineCertificate,
        ];
        return new FetcherProcess(work, connection, Passwords[FleetConfiguration.ReceiverPassword]);
    }

    GatewayProcess Gateway(string id)
    {
        var gateway = new GatewayProcess(id, Path.Combine(Folder, id), Passwords);
        _orders[gateway] = new Orders(Path.Combine(Folder, id, "seams"));
        return gateway;
    }

    FaultProxy ProxyTo(GatewayProcess gateway) =>
        new(() => gateway.Ports is [var port, ..] ? port : 0, Plan.Opened ? LineIdentity : null);

    static X509Certificate2 MakeLineIdentity()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fault harness", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    static string WriteLineCertificate()
    {
        var path = Path.Combine(Path.GetTempPath(), $"linkgateway-faults-{Environment.ProcessId}.cer");
        File.WriteAllBytes(path, LineIdentity.Export(X509ContentType.Cert));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        return path;
    }
}
