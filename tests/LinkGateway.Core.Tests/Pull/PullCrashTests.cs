using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Pull;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Pull;

/// <summary>
/// The inner gateway dies after every single commit of a night, before or after whoever waited for it had its answer, and starts again. The
/// file must land once, and both gateways must say so.
/// </summary>
public class PullCrashTests
{
    static readonly byte[] File = Bytes((2 * ChunkSize) + 1000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_after_any_commit_ends_in_one_delivery(bool answered)
    {
        var commit = 1;
        while (await DiesAsync(commit, answered)) commit++;
        Assert.True(commit > 10, $"only {commit} commits");
    }

    static async Task<bool> DiesAsync(int commit, bool answered)
    {
        await using var outer = new CoreWorld("gw-a", InboxWorld.WithInbox);
        await outer.StartAsync();
        await outer.OfferAsync("a", File);
        var parts = new WorldParts { Time = outer.Time, Seed = 2 };
        var (commits, died) = (0, false);
        parts.Journal.BeforeCommit = _ =>
        {
            if (Volatile.Read(ref commits) >= commit) throw new StorageException(StorageFailure.Unavailable, "dead");
        };
        parts.Journal.AfterCommit = _ =>
        {
            if (Interlocked.Increment(ref commits) < commit) return;
            died = true;
            if (!answered) throw new StorageException(StorageFailure.Unavailable, "dead");
        };
        await RunAsync(outer, parts, () => died);

        (parts.Journal.BeforeCommit, parts.Journal.AfterCommit) = (null, null);
        await RunAsync(outer, parts with { Seed = 3 }, () => false);

        Assert.Equal(File, parts.Files.Content($"{Folder}/a.csv"));
        Assert.Equal(2, parts.Files.Paths.Count);
        var receipts = await outer.Journal.ReceiptsAsync(Identity("a"), Never);
        Assert.Single(receipts, receipt => receipt.Content.Kind == ReceiptKind.Delivered);
        return died;
    }

    /// <summary>Runs an inner gateway until the night is over for the outer one, or <paramref name="dead"/>.</summary>
    static async Task RunAsync(CoreWorld outer, WorldParts parts, Func<bool> dead)
    {
        using var stop = new CancellationTokenSource();
        await using var inner = new CoreWorld("gw-b", PullTests.WithPull, parts);
        await inner.StartAsync();
        var inbox = new DirectInbox("gw-b", outer);
        var pulling = inner.Begin(() => new PullService(inner.Services, inner.Transfers, inbox, inbox).RunAsync(stop.Token));
        await Waiting.UntilAsync(
            async () =>
            {
                await inner.RestAsync();
                outer.Time.Advance(TimeSpan.FromMilliseconds(500));
                return dead() || (await outer.DeliveryAsync(Identity("a"))).State == DeliveryState.Delivered;
            },
            () => $"the end of the night; {string.Join("; ", inbox.Told.Distinct())}");
        await stop.CancelAsync();
        await pulling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
