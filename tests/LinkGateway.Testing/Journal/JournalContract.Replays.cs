using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <content>Orders to replay.</content>
public abstract partial class JournalContract
{
    [Fact]
    public async Task A_replay_comes_back_with_every_field()
    {
        var stopped = Replay("r") with { State = ReplayState.Stopped, EndText = "止めた", Version = 2 };
        await CommitAsync(b => { b.Replays.Add(Replay("r")); b.Replays.Add(Replay("bare") with { To = null }); });
        AssertSame(Replay("r"), await Journal.FindReplayAsync("r", None));
        AssertSame(Replay("bare") with { To = null }, await Journal.FindReplayAsync("bare", None));
        Assert.Null(await Journal.FindReplayAsync("R", None));

        await CommitAsync(b => b.Replays.Add(stopped));
        AssertSame(stopped, await Journal.FindReplayAsync("r", None));
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b => b.Replays.Add(stopped)));
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b => b.Replays.Add(Replay("r"))));
    }

    [Fact]
    public async Task Replays_come_newest_first_and_those_that_run_oldest_first()
    {
        await CommitAsync(b =>
        {
            b.Replays.Add(Replay("1"));
            b.Replays.Add(Replay("2") with { At = Night.AddMinutes(2) });
            b.Replays.Add(Replay("3") with { At = Night.AddMinutes(3), State = ReplayState.Done });
        });
        Assert.Equal(["3", "2"], (await Journal.ReplaysAsync(2, None)).Select(replay => replay.OrderId));
        Assert.Equal(["1", "2"], (await Journal.RunningReplaysAsync(None)).Select(replay => replay.OrderId));
    }

    [Fact]
    public async Task The_deliveries_of_a_replay_have_their_turns_in_order_and_each_once()
    {
        await CommitAsync(b =>
        {
            b.Replays.Add(Replay("r"));
            b.ReplayItems.Add(Item(2));
            b.ReplayItems.Add(Item(1) with { SetReplay = 4 });
            b.ReplayItems.Add(Item(3) with { OrderId = "other" });
        });
        AssertSame(Item(1) with { SetReplay = 4 }, await Journal.NextReplayItemAsync("r", None));
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b => b.ReplayItems.Add(Item(1))));

        var done = Item(1) with { State = ReplayItemState.Copied, CarriedOutBy = Id(9), Text = "写し" };
        await CommitAsync(b => b.ReplayItems.Add(done));
        Assert.Equal(2, (await Journal.NextReplayItemAsync("r", None))!.Place);
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b => b.ReplayItems.Add(done)));
        await Assert.ThrowsAsync<JournalConflictException>(
            () => CommitAsync(b => b.ReplayItems.Add(Item(7) with { State = ReplayItemState.Skipped })));

        AssertSame(done, Assert.Single(await Journal.ReplayItemsAsync("r", 0, 1, None)));
        AssertSame(Item(2), Assert.Single(await Journal.ReplayItemsAsync("r", 1, 10, None)));
        await CommitAsync(b => b.ReplayItems.Add(Item(2) with { State = ReplayItemState.Skipped }));
        Assert.Null(await Journal.NextReplayItemAsync("r", None));
    }

    [Fact]
    public async Task The_progress_of_a_replay_counts_its_deliveries_and_what_became_of_them()
    {
        await CommitAsync(b =>
        {
            b.Replays.Add(Replay("r"));
            foreach (var place in (int[])[1, 2, 3]) b.ReplayItems.Add(Item(place));
            b.Deliveries.Add(Delivery(8, "t") with { State = DeliveryState.Delivered });
        });
        await CommitAsync(b => b.ReplayItems.Add(Item(1) with { State = ReplayItemState.Copied, CarriedOutBy = Id(8) }));
        await CommitAsync(b => b.ReplayItems.Add(Item(2) with { State = ReplayItemState.Skipped }));

        var progress = await Journal.ReplayProgressAsync("r", None);

        Assert.Equal(
            (1L, 1L, 1L, 0L),
            (progress.Count(ReplayItemState.Pending), progress.Count(ReplayItemState.Copied), progress.Count(ReplayItemState.Skipped),
                progress.Count(ReplayItemState.Continued)));
        Assert.Equal((DeliveryState.Delivered, 1L), Assert.Single(progress.Outcomes.Select(count => (count.Key, count.Value))));
    }

    [Fact]
    public async Task A_transfer_of_which_a_delivery_waits_for_its_turn_is_known()
    {
        await CommitAsync(b =>
        {
            b.Replays.Add(Replay("r"));
            b.ReplayItems.Add(Item(1));
            b.Deliveries.Add(Delivery(1, "t"));
        });
        Assert.True(await Journal.IsReplayPendingAsync(Identity("t"), None));
        Assert.False(await Journal.IsReplayPendingAsync(Identity("T"), None));

        await CommitAsync(b => b.Replays.Add(Replay("r") with { State = ReplayState.Stopped, Version = 2 }));
        Assert.False(await Journal.IsReplayPendingAsync(Identity("t"), None));
    }

    static ReplayOrderRecord Replay(string id) => new()
    {
        OrderId = id,
        At = Night,
        Operator = "当直",
        Reason = "受信側の障害",
        Request = "{}",
        To = "zei-folder",
        Rate = 600,
        State = ReplayState.Running,
    };

    static ReplayItemRecord Item(int place) =>
        new() { OrderId = "r", Place = place, DeliveryId = Id(place), State = ReplayItemState.Pending };
}
