using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <content>What forecasts and lists of expected files ask.</content>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Open_deliveries_are_counted_by_way_and_by_whether_it_is_our_turn()
    {
        var (first, second) = (Accepted("a", 100, Night), Accepted("b", 11, Night.AddHours(1)));
        var open = Accepted("open", 7, Night) with { State = TransferState.Open, AcceptedAt = null };
        await CommitAsync(b =>
        {
            foreach (var transfer in (TransferRecord[])[first, second, open]) b.Transfers.Add(transfer);
            var number = 0;
            foreach (var state in Enum.GetValues<DeliveryState>()) b.Deliveries.Add(Of(first, ++number) with { State = state });
            b.Deliveries.Add(Of(second, 20));
            b.Deliveries.Add(Of(second, 21) with { OfferedAt = Night });
            b.Deliveries.Add(Of(second, 22) with { DestinationId = "other" });
            b.Deliveries.Add(Of(second, 23) with { PayloadId = Id(1) });
            b.Deliveries.Add(Of(open, 24));
        });

        var groups = (await Journal.OpenDeliveriesAsync(None)).OrderBy(group => group.DestinationId).ThenByDescending(group => group.Ours);

        OpenDeliveries Group(string destination, bool ours, int files, int bytes, DateTimeOffset oldest, DateTimeOffset newest) =>
            new(destination, "142051-kaoku", "kaoku-idou", "142051-zei", ours, files, bytes, oldest, newest);
        Assert.Equal(
            [
                Group("other", true, 1, 11, Night.AddHours(1), Night.AddHours(1)),
                Group("zei-folder", true, 5, 411, Night, Night.AddHours(1)),
                Group("zei-folder", false, 3, 211, Night, Night.AddHours(1)),
            ],
            groups);
    }

    [Fact]
    public async Task The_first_accepted_since_an_instant_is_of_that_origin_interface_and_receiver_and_still_accepted()
    {
        await CommitAsync(b =>
        {
            b.Transfers.Add(Accepted("before", 1, Night.AddTicks(-1)));
            b.Transfers.Add(Accepted("cancelled", 1, Night) with { State = TransferState.Cancelled });
            b.Transfers.Add(Accepted("second", 1, Night.AddHours(2)));
            b.Transfers.Add(Accepted("first", 1, Night.AddHours(1).ToOffset(TimeSpan.FromHours(-3))));
            b.Deliveries.Add(Of(Accepted("second", 1, Night), 1));
        });

        Assert.Equal(Night.AddHours(1), await FirstAsync("142051-kaoku", "kaoku-idou", null, Night.ToOffset(TimeSpan.FromHours(-5))));
        Assert.Equal(Night.AddHours(1), await FirstAsync("142051-kaoku", "kaoku-idou", null, Night.AddHours(1)));
        Assert.Equal(Night.AddTicks(-1), await FirstAsync("142051-kaoku", "kaoku-idou", null, Night.AddDays(-1)));
        Assert.Equal(Night.AddHours(2), await FirstAsync("142051-kaoku", "kaoku-idou", "142051-zei", Night));
        Assert.Null(await FirstAsync("142051-kaoku", "kaoku-idou", "other", Night));
        Assert.Null(await FirstAsync("142051-kaoku", "kaoku-idou", null, Night.AddHours(3)));
        Assert.Null(await FirstAsync("142051-kaoku", "other", null, Night));
        Assert.Null(await FirstAsync("other", "kaoku-idou", null, Night));

        async Task<DateTimeOffset?> FirstAsync(string origin, string interfaceId, string? receiver, DateTimeOffset since) =>
            await Journal.FirstAcceptedAsync(origin, interfaceId, receiver, since, None);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("142051-zei")]
    public async Task A_copy_that_is_handed_on_is_not_the_file_that_was_expected(string? receiver)
    {
        var copy = Accepted("earlier", 1, Night) with { Identity = Identity("earlier") with { Receiver = "142051-zei", Replay = 1 } };
        await CommitAsync(b => { b.Transfers.Add(copy); b.Deliveries.Add(Of(copy, 1)); });
        Assert.Null(await FirstAsync());

        var forwarded = Accepted("file", 1, Night.AddHours(1));
        forwarded = forwarded with { Identity = forwarded.Identity with { Receiver = "142051-zei" } };
        await CommitAsync(b => { b.Transfers.Add(forwarded); b.Deliveries.Add(Of(forwarded, 2)); });
        Assert.Equal(Night.AddHours(1), await FirstAsync());

        async Task<DateTimeOffset?> FirstAsync() =>
            await Journal.FirstAcceptedAsync("142051-kaoku", "kaoku-idou", receiver, Night.AddDays(-1), None);
    }

    [Fact]
    public async Task Deliveries_with_certain_codes_can_be_left_out()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(1, "t") with { LastErrorCode = "LG-6340" });
            b.Deliveries.Add(Delivery(2, "t") with { LastErrorCode = "LG-6001" });
            b.Deliveries.Add(Delivery(3, "t") with { LastErrorCode = null });
            b.Deliveries.Add(Delivery(4, "t") with { LastErrorCode = "LG-6341" });
        });
        var query = new DeliveryQuery { State = DeliveryState.Waiting, ExceptCodes = ["LG-6340", "LG-6341"], Limit = 10 };

        Assert.Equal([Id(2), Id(3)], (await Journal.FindDeliveriesAsync(query, None)).Select(delivery => delivery.DeliveryId));
    }

    static TransferRecord Accepted(string id, long size, DateTimeOffset at) =>
        Transfer(id) with { State = TransferState.Accepted, Size = size, AcceptedAt = at };

    static DeliveryRecord Of(TransferRecord transfer, int number) =>
        Delivery(number, transfer.Identity.TransferId) with { PayloadId = transfer.PayloadId, OfferedAt = null };
}
