using LinkGateway.Client.Sending;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace LinkGateway.EndToEnd.Tests.Recovery;

/// <summary>SIGKILL of either gateway anywhere between the first byte and the delivered receipt.</summary>
public sealed class RandomKillTests(ITestOutputHelper output)
{
    const int Rounds = 6;
    const int Size = 8 << 20;
    const int ChunkSize = 256 << 10;

    [Fact]
    public async Task Whatever_is_killed_wherever_each_file_is_delivered_exactly_once()
    {
        var seed = Environment.GetEnvironmentVariable("LINKGATEWAY_E2E_SEED") is { } given ? int.Parse(given, null) : Random.Shared.Next();
        output.WriteLine($"LINKGATEWAY_E2E_SEED={seed}");
        var random = new Random(seed);
        using var gateways = await TwoGateways.StartAsync();
        var sender = new FileSender(gateways.OriginByRelay, new FileSenderOptions
        {
            DeliveryTimeout = Patience.Long,
            MaxPollInterval = TimeSpan.FromMilliseconds(500),
            Retry = new RetryOptions { MaxTries = 100, FirstDelay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(1) },
        });
        List<string> files = [];
        for (var round = 0; round < Rounds; round++)
        {
            files.Add(gateways.Temp.File($"kaoku-{round}.csv", Size, seed + round));
            var killed = random.Next(2) == 0 ? gateways.A : gateways.B;
            // The pause lets some kills fall behind the last chunk: into commit, publication and receipts.
            var (point, pause) = (random.Next(Size), TimeSpan.FromMilliseconds(random.Next(300)));
            output.WriteLine($"round {round}: {killed.Id} after {point} bytes and {pause.TotalMilliseconds} ms");
            await SendAndKillAsync(sender, Order(files[^1]), killed, point, pause);
            Landing.HoldsOnly(gateways.Landing, [.. files]);
            await AssertOneDeliveryAsync(gateways, Path.GetFileName(files[^1]));
        }
    }

    static async Task AssertOneDeliveryAsync(TwoGateways gateways, string transferId)
    {
        var delivery = Assert.Single((await gateways.StatusAtBAsync(transferId)).Deliveries);
        Assert.Equal(nameof(DeliveryState.Delivered), delivery.State);
        Assert.Equal(
            [("accepted", "gw-a"), ("accepted", "gw-b"), ("delivered", "gw-b")],
            (await gateways.ReceiptsAsync(transferId)).Select(receipt => (receipt.Kind, receipt.Issuer)).Order());
    }

    static async Task SendAndKillAsync(FileSender sender, SendOrder order, GatewayProcess killed, long point, TimeSpan pause)
    {
        var reached = killed.Relay.Passed(point);
        var sending = sender.SendAsync(order, null, CancellationToken.None).AsTask();
        await Task.WhenAny(reached, sending);
        await Task.WhenAny(Task.Delay(pause), sending);
        await killed.KillAsync();
        await killed.StartAsync();
        var outcome = await sending.WaitAsync(Patience.Long);
        Assert.True(outcome.End == SendEnd.Delivered, $"{outcome.End}: {outcome.Reason}\n{killed.Log}");
    }

    static SendOrder Order(string path) => new()
    {
        FilePath = path,
        ChunkSize = ChunkSize,
        WaitFor = WaitFor.Delivered,
        Manifest = Manifests.Of(Path.GetFileName(path), Path.GetFileName(path)),
    };
}
