using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Journal;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.Receivers.ReceiverConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Receivers;

/// <summary>
/// The gateway is killed after every single commit of a file's way to its receiver, before or after what arrived in between; then it starts
/// again. What was accepted must arrive: once where the receiver can be asked or knows a file again, else at least or at most once.
/// </summary>
public class ReceiverCrashTests
{
    static readonly byte[] File = Bytes((2 * WorldConfiguration.ChunkSize) + 1000);

    [Theory]
    [InlineData("submit", true, false, false)]
    [InlineData("submit", true, true, false)]
    [InlineData("submit", false, false, false)]
    [InlineData("chunks", false, false, false)]
    [InlineData("chunks", true, true, false)]
    public async Task A_kill_anywhere_ends_in_one_file_at_a_receiver_that_knows_it_again(
        string handOver, bool offersStatus, bool atMostOnce, bool forgets) =>
        await KillEverywhereAsync(handOver, offersStatus, atMostOnce, forgets, (state, taken, what) =>
            Assert.True((state, taken) == (DeliveryState.Delivered, 1), $"{what}: {state}, taken {taken} times"));

    [Fact]
    public async Task A_kill_anywhere_ends_in_at_least_one_file_at_a_receiver_that_forgets() =>
        await KillEverywhereAsync("submit", offersStatus: false, atMostOnce: false, forgets: true, (state, taken, what) =>
            Assert.True(state == DeliveryState.Delivered && taken >= 1, $"{what}: {state}, taken {taken} times"));

    [Fact]
    public async Task A_kill_anywhere_ends_in_at_most_one_file_where_that_is_wanted() =>
        await KillEverywhereAsync("submit", offersStatus: false, atMostOnce: true, forgets: true, (state, taken, what) =>
            Assert.True(taken <= 1 && (state == DeliveryState.Held || taken == 1), $"{what}: {state}, taken {taken} times"));

    static async Task KillEverywhereAsync(
        string handOver, bool offersStatus, bool atMostOnce, bool forgets, Action<DeliveryState, int, string> check)
    {
        var configuration = With(handOver, offersStatus, atMostOnce);
        await using var world = new CoreWorld(configuration: configuration);
        // The first attempt finds nobody there: waiting is on the way too.
        world.Receiving.Fault = _ => world.Receiving.Calls.Count == 1 ? new PeerFault.NotSent() : null;
        List<(int Taken, JournalBatch Batch)> batches = [];
        world.Journal.Applying = batch => batches.Add((world.Receiving.Taken.Count, batch));
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", File), File);
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        var restarts = 0;
        var night = batches.ToArray();
        for (var commits = 0; commits <= night.Length; commits++)
        {
            var earliest = commits == 0 ? 0 : night[commits - 1].Taken;
            var latest = commits == night.Length ? world.Receiving.Taken.Count : night[commits].Taken;
            for (var taken = earliest; taken <= latest; taken++)
            {
                var what = $"after {commits} commits with {taken} taken";
                var journal = new InMemoryJournal();
                foreach (var (_, batch) in night.Take(commits)) await journal.CommitAsync(batch, Never);
                if (await journal.FindTransferAsync(Identity("a"), Never) is not { State: TransferState.Accepted }) continue;
                var receiver = new DirectReceiver { Forgets = forgets };
                if (taken > 0) receiver.Put(Pushed("a"), File);
                await using var again = new CoreWorld(
                    configuration: configuration,
                    parts: new WorldParts
                    {
                        Journal = journal,
                        Spool = world.Spool,
                        Time = new ManualTime(new ManualTime().GetUtcNow().AddHours(1)),
                        Seed = 2,
                    })
                { Receiving = receiver };
                await again.StartAsync();

                var last = await again.DriveAsync(
                    Identity("a"), delivery => delivery.State is DeliveryState.Delivered or DeliveryState.Held, what);

                check(last.State, taken + receiver.Taken.Count, $"{what} ({last.LastErrorCode} {last.LastErrorText})");
                Assert.All(receiver.Taken, file => Assert.Equal(Pushed("a"), file.Id));
                Assert.All(receiver.Taken, file => Assert.Equal(File, file.Bytes));
                restarts++;
            }
        }

        Assert.InRange(restarts, 5, int.MaxValue);
    }
}
