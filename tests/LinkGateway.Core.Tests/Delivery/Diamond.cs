using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>Four gateways: A takes in and forwards by B, or else by C; both lead to D, which publishes in a folder.</summary>
public abstract class Diamond : IAsyncLifetime
{
    const string Retry = """{ "attempts": 20, "firstDelay": "00:00:10", "maxDelay": "00:01:00" }""";

    protected Diamond()
    {
        A = new CoreWorld("gw-a", json =>
        {
            RouteTo(json, "gw-b", retry: Retry);
            AlsoBy(json, "gw-c");
            OrTo(json, "/other");
        });
        B = new CoreWorld("gw-b", json => RouteTo(json, "gw-d", retry: Retry), new WorldParts { Time = A.Time, Seed = 2 });
        C = new CoreWorld("gw-c", json => RouteTo(json, "gw-d", retry: Retry), new WorldParts { Time = A.Time, Seed = 3 });
        D = new CoreWorld("gw-d", parts: new WorldParts { Time = A.Time, Seed = 4 });
        (AtoB, AtoC, BtoD, CtoD) = (A.ConnectTo(B), A.ConnectTo(C), B.ConnectTo(D), C.ConnectTo(D));
    }

    private protected CoreWorld A { get; }

    private protected CoreWorld B { get; }

    private protected CoreWorld C { get; }

    private protected CoreWorld D { get; }

    private protected DirectPeer AtoB { get; }

    private protected DirectPeer AtoC { get; }

    private protected DirectPeer BtoD { get; }

    private protected DirectPeer CtoD { get; }

    /// <summary>The data files that the receiver has been given, at D and at the other place beside A.</summary>
    private protected IEnumerable<string> Published =>
        D.Files.Paths.Concat(A.Files.Paths).Where(path => path.EndsWith(".csv", StringComparison.Ordinal));

    /// <summary>Lets the answer to the next commit get lost, and nothing reach the gateway from then on.</summary>
    private protected static void LoseCommit(DirectPeer peer)
    {
        // Receipts are fetched at the same time: only the commit may say that it was lost.
        var lost = 0;
        peer.Fault = call =>
            Volatile.Read(ref lost) != 0 ? new PeerFault.NotSent()
            : call == "Commit" && Interlocked.Exchange(ref lost, 1) == 0 ? new PeerFault.AnswerLost()
            : null;
    }

    public async Task InitializeAsync()
    {
        await A.Files.CreateDirectoryAsync("/other", CoreWorld.Never);
        await Task.WhenAll(A.StartAsync(), B.StartAsync(), C.StartAsync(), D.StartAsync());
    }

    public async Task DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        await C.DisposeAsync();
        await D.DisposeAsync();
    }
}
