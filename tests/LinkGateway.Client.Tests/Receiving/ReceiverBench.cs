using LinkGateway.Client.Gateway;
using LinkGateway.Client.Sending;

namespace LinkGateway.Client.Receiving;

/// <summary>A receiver against a fake gateway, in a folder of its own, with no waiting between tries.</summary>
sealed class ReceiverBench : IAsyncDisposable
{
    ReceiverBench(FakeGateway gateway) => Gateway = gateway;

    public FakeGateway Gateway { get; }

    public FakeInbox Inbox => Gateway.Service.Inbox;

    public TempFolder Temp { get; } = new();

    public string Into => Temp.In("in");

    public FakeJob Job { get; } = new();

    public FakeJob ErrorJob { get; } = new();

    public List<IssuedReceipt> Receipts { get; } = [];

    /// <summary>Called at each step; what it throws ends the run like a crash.</summary>
    public Action<ReceiveStep> AtStep { get; set; } = _ => { };

    public InboxReceiverOptions Options { get; set; } = new()
    {
        Retry = new RetryOptions { MaxTries = 3, FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) },
    };

    public static async Task<ReceiverBench> StartAsync(bool withJob = false)
    {
        var bench = new ReceiverBench(await FakeGateway.StartAsync());
        bench.Options = bench.Options with { KeepReceipt = bench.Receipts.Add };
        if (withJob) bench.Options = bench.Options with { Job = bench.Job, ErrorJob = bench.ErrorJob };
        return bench;
    }

    public async Task<ReceiveRound> RunAsync(CancellationToken cancellationToken = default)
    {
        using var receiver = InboxReceiver.TryOpen(Gateway.Client, Into, Options)!;
        return await receiver.RunRoundAsync(0, new Steps(this), null, cancellationToken);
    }

    /// <summary>Runs a round of one file.</summary>
    public async Task<ReceiveOutcome> ReceiveOneAsync() => Assert.Single((await RunAsync()).Outcomes);

    /// <summary>What the receiving system sees: names and contents.</summary>
    public Dictionary<string, byte[]> Landed() =>
        Directory.GetFiles(Into).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    /// <summary>What is left of work on its way.</summary>
    public IReadOnlyList<string> Unfinished() =>
        [.. Directory.GetFiles(Path.Combine(Into, ".linkgw-receive")).Select(path => Path.GetFileName(path)).Where(name => name != "lock")];

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Temp.Dispose();
    }

    sealed class Steps(ReceiverBench bench) : IProgress<ReceiveProgress>
    {
        public void Report(ReceiveProgress value) => bench.AtStep(value.Step);
    }
}
