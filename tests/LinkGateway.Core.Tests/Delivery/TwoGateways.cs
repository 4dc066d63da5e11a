using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>Two gateways: A takes in and forwards, B publishes in a folder.</summary>
public abstract class TwoGateways : IAsyncLifetime
{
    /// <summary>Three attempts, half to the whole of 10 and 20 seconds apart.</summary>
    private protected const string Retry = """{ "attempts": 3, "firstDelay": "00:00:10", "maxDelay": "00:01:00" }""";

    protected TwoGateways()
    {
        A = new CoreWorld("gw-a", json => RouteTo(json, "gw-b", retry: Retry, chunksInFlight: 1));
        B = new CoreWorld("gw-b", parts: new WorldParts { Time = A.Time, Seed = 2 });
        Peer = A.ConnectTo(B);
    }

    private protected CoreWorld A { get; }

    private protected CoreWorld B { get; }

    /// <summary>B as A sees it.</summary>
    private protected DirectPeer Peer { get; }

    public Task InitializeAsync() => Task.WhenAll(A.StartAsync(), B.StartAsync());

    public async Task DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
    }

    private protected Task ChunkArrivesAsync(int index) => Waiting.UntilAsync(
        async () => await B.Journal.FindTransferAsync(ForwardIdentity("a"), Never) is { } row
            && (await B.Journal.ChunksAsync(row.PayloadId, Never)).Any(chunk => chunk.Index == index),
        () => $"chunk {index} at B; {string.Join(", ", A.Events.Crashes)}");
}
