using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Manifests;

namespace LinkGateway.Client.Sending;

/// <summary>A sender against a fake gateway, with chunks of 64 KiB and no waiting between tries.</summary>
sealed class SenderBench : IAsyncDisposable
{
    public const int Chunk = 64 * 1024;

    SenderBench(FakeGateway gateway) => Gateway = gateway;

    public FakeGateway Gateway { get; }

    public FakeBatchService Service => Gateway.Service;

    public TempFolder Folder { get; } = new();

    public List<SendProgress> Progress { get; } = [];

    public FileSenderOptions Options { get; set; } = new()
    {
        Retry = new RetryOptions { MaxTries = 4, FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) },
        DeliveryTimeout = TimeSpan.FromMinutes(3),
        MaxPollInterval = TimeSpan.FromMilliseconds(10),
    };

    public static Manifest Manifest { get; } = new()
    {
        Origin = "juki",
        Receivers = ["kaoku"],
        InterfaceId = "house-tax",
        TransferId = "",
        Kind = "full",
        Environment = "test",
        FileName = "houses.csv",
    };

    public static async Task<SenderBench> StartAsync() => new(await FakeGateway.StartAsync());

    public static SendOrder OrderFor(string path) => new() { FilePath = path, Manifest = Manifest };

    public ValueTask<SendOutcome> SendAsync(string path, CancellationToken cancellationToken = default) =>
        SendAsync(OrderFor(path), cancellationToken);

    public ValueTask<SendOutcome> SendAsync(SendOrder order, CancellationToken cancellationToken = default) =>
        new FileSender(Gateway.Client, Options).SendAsync(order, new Recorder(Progress), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Folder.Dispose();
    }

    sealed class Recorder(List<SendProgress> target) : IProgress<SendProgress>
    {
        public void Report(SendProgress value)
        {
            lock (target) target.Add(value);
        }
    }
}
