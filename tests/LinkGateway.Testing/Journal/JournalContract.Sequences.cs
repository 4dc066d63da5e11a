using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <content>The order in which deliveries reach their receivers.</content>
public abstract partial class JournalContract
{
    static DeliveryRecord Placed(int number, string place, DeliveryState state = DeliveryState.Waiting, string key = "s") =>
        Delivery(number, "t") with { State = state, SequenceKey = key, SequencePlace = place };

    [Fact]
    public async Task Open_in_a_sequence_is_what_is_not_done_and_not_skipped_by_place()
    {
        await CommitAsync(b =>
        {
            var number = 0;
            foreach (var state in Enum.GetValues<DeliveryState>()) b.Deliveries.Add(Placed(++number, $"2{number:D2}", state));
            b.Deliveries.Add(Placed(30, "1") with { SequencePass = SequencePass.Skipped });
            b.Deliveries.Add(Placed(31, "1") with { SequencePass = SequencePass.Ahead });
            b.Deliveries.Add(Placed(32, "9"));
            b.Deliveries.Add(Placed(33, "9") with { CreatedAt = Night.AddTicks(-1) });
            b.Deliveries.Add(Placed(34, "0", key: "other"));
            b.Deliveries.Add(Delivery(35, "t"));
        });
        var states = Enum.GetValues<DeliveryState>().Select((state, index) => (State: state, Id: Id(index + 1)))
            .Where(pair => pair.State is not (DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected))
            .Select(pair => pair.Id);

        Assert.Equal([Id(31), .. states, Id(33), Id(32)], await OpenAsync("s", null, 100));
        Assert.Equal([Id(31)], await OpenAsync("s", null, 1));
        Assert.Equal([Id(33), Id(32)], await OpenAsync("s", "9", 100));
        Assert.Empty(await OpenAsync("none", null, 100));
    }

    [Fact]
    public async Task The_last_that_is_done_in_a_sequence_is_known_whatever_is_open_behind_it()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Placed(1, "1", DeliveryState.Delivered));
            b.Deliveries.Add(Placed(2, "2", DeliveryState.ReceiverRejected));
            b.Deliveries.Add(Placed(3, "3", DeliveryState.Failed));
            b.Deliveries.Add(Placed(4, "4") with { SequencePass = SequencePass.Skipped });
            b.Deliveries.Add(Placed(5, "5", DeliveryState.Applied, key: "other"));
        });

        Assert.Equal(Id(2), (await Journal.LastDoneInSequenceAsync("s", None))?.DeliveryId);
        Assert.Null(await Journal.LastDoneInSequenceAsync("none", None));
        Assert.True(await Journal.IsSkippedInSequenceAsync("s", "4", None));
        Assert.False(await Journal.IsSkippedInSequenceAsync("s", "3", None));
        Assert.False(await Journal.IsSkippedInSequenceAsync("other", "4", None));
    }

    [Fact]
    public async Task Sequences_in_which_anything_is_open_are_found_one_after_another()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Placed(1, "1", key: "b"));
            b.Deliveries.Add(Placed(2, "2", key: "b"));
            b.Deliveries.Add(Placed(3, "1", key: "a"));
            b.Deliveries.Add(Placed(4, "1", DeliveryState.Delivered, key: "done"));
            b.Deliveries.Add(Delivery(5, "t"));
        });

        Assert.Equal("a", await Journal.NextOpenSequenceAsync(null, None));
        Assert.Equal("b", await Journal.NextOpenSequenceAsync("a", None));
        Assert.Null(await Journal.NextOpenSequenceAsync("b", None));
    }

    async Task<IEnumerable<string>> OpenAsync(string key, string? from, int limit) =>
        (await Journal.OpenInSequenceAsync(key, from, limit, None)).Select(delivery => delivery.DeliveryId);
}
