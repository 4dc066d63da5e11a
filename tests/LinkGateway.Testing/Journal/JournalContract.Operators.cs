using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <content>What operators order, and what they look through.</content>
public abstract partial class JournalContract
{
    public static TheoryData<OrderKind> OrderKinds => new(Enum.GetValues<OrderKind>());

    [Theory]
    [MemberData(nameof(OrderKinds))]
    public async Task An_order_comes_back_with_every_field_and_its_number(OrderKind order)
    {
        await CommitAsync(b => b.Orders.Add(Order(1, order)));
        AssertSame(Order(1, order) with { Number = 1 }, Assert.Single(await Journal.OrdersAsync(null, 10, None)));
    }

    [Fact]
    public async Task Orders_come_newest_first_and_in_pages()
    {
        await CommitAsync(b => b.Orders.Add(Order(1)), b => { b.Orders.Add(Order(2)); b.Orders.Add(Order(3)); });
        Assert.Equal([3L, 2], (await Journal.OrdersAsync(null, 2, None)).Select(order => order.Number));
        Assert.Equal([1L], (await Journal.OrdersAsync(2, 2, None)).Select(order => order.Number));
        Assert.Empty(await Journal.OrdersAsync(1, 2, None));
    }

    [Fact]
    public async Task The_orders_about_a_delivery_come_oldest_first()
    {
        await CommitAsync(b =>
        {
            b.Orders.Add(Order(1));
            b.Orders.Add(Order(2));
            b.Orders.Add(Order(1, OrderKind.Release));
        });
        Assert.Equal([OrderKind.Hold, OrderKind.Release], (await Journal.OrdersOfAsync(Id(1), None)).Select(order => order.Order));
    }

    [Fact]
    public async Task An_order_is_not_there_when_what_it_does_conflicts()
    {
        await CommitAsync(b => b.Deliveries.Add(Delivery(1, "t")));
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b =>
        {
            b.Orders.Add(Order(1));
            b.Deliveries.Add(Delivery(1, "t") with { Version = 3, State = DeliveryState.Held });
        }));
        Assert.Empty(await Journal.OrdersAsync(null, 10, None));
    }

    [Fact]
    public async Task Deliveries_of_a_state_come_oldest_first_and_in_pages()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(5, "a") with { State = DeliveryState.Held });
            b.Deliveries.Add(Delivery(4, "b") with { State = DeliveryState.Held });
            b.Deliveries.Add(Delivery(9, "c") with { State = DeliveryState.Held, CreatedAt = Night.AddDays(-1) });
            b.Deliveries.Add(Delivery(1, "d"));
        });
        var query = new DeliveryQuery { State = DeliveryState.Held, Limit = 2 };
        Assert.Equal([Id(9), Id(4)], await FoundAsync(query));
        Assert.Equal([Id(5)], await FoundAsync(query with { After = (Night, Id(4)) }));
        Assert.Empty(await FoundAsync(query with { After = (Night, Id(5)) }));
    }

    [Fact]
    public async Task Deliveries_are_found_by_receiver_and_origin()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(1, "a"));
            b.Deliveries.Add(Delivery(2, "b") with { Receiver = "other" });
            b.Deliveries.Add(Delivery(3, "c") with { Transfer = Identity("c") with { Origin = "other" } });
        });
        var query = new DeliveryQuery { State = DeliveryState.Waiting, Limit = 10 };
        Assert.Equal([Id(1), Id(2), Id(3)], await FoundAsync(query));
        Assert.Equal([Id(2)], await FoundAsync(query with { Receiver = "other" }));
        Assert.Equal([Id(3)], await FoundAsync(query with { Origin = "other" }));
        Assert.Empty(await FoundAsync(query with { Receiver = "other", Origin = "other" }));
    }

    [Fact]
    public async Task Deliveries_that_go_on_by_the_clock_can_be_left_out()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(1, "a") with { State = DeliveryState.Held });
            b.Deliveries.Add(Delivery(2, "b") with { State = DeliveryState.Held, NextAttemptAt = null });
        });
        var query = new DeliveryQuery { State = DeliveryState.Held, Limit = 10 };
        Assert.Equal([Id(1), Id(2)], await FoundAsync(query));
        Assert.Equal([Id(2)], await FoundAsync(query with { AtRest = true }));
    }

    [Fact]
    public async Task Deliveries_are_counted_by_state()
    {
        Assert.Empty(await Journal.CountDeliveriesAsync(None));
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(1, "a"));
            b.Deliveries.Add(Delivery(2, "b"));
            b.Deliveries.Add(Delivery(3, "c") with { State = DeliveryState.Applied });
        });
        Assert.Equal(
            [(DeliveryState.Waiting, 2L), (DeliveryState.Applied, 1L)],
            (await Journal.CountDeliveriesAsync(None)).OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
    }

    [Fact]
    public async Task The_transfers_of_an_origin_and_id_are_found_whatever_their_receiver_and_replay()
    {
        await CommitAsync(b =>
        {
            b.Transfers.Add(Transfer("t") with { Identity = Identity("t") with { Receiver = "zei", Replay = 1 } });
            b.Transfers.Add(Transfer("t") with { Identity = Identity("t") with { Receiver = "zei" } });
            b.Transfers.Add(Transfer("t") with { CreatedAt = Night.AddDays(-1) });
            b.Transfers.Add(Transfer("T"));
            b.Transfers.Add(Transfer("t") with { Identity = Identity("t") with { Origin = "other" } });
        });
        Assert.Equal(
            [("", 0), ("zei", 0), ("zei", 1)],
            (await Journal.TransfersAsync("142051-kaoku", "t", None)).Select(t => (t.Identity.Receiver, t.Identity.Replay)));
    }

    async Task<IEnumerable<string>> FoundAsync(DeliveryQuery query) =>
        (await Journal.FindDeliveriesAsync(query, None)).Select(delivery => delivery.DeliveryId);

    [Fact]
    public async Task The_newest_standing_order_of_a_subject_is_in_force_unless_it_lifts_the_former()
    {
        (string, string?)[] given =
            [("mode", "disaster"), ("suspend/b", "yes"), ("suspend/a", "yes"), ("mode", "recovery"), ("suspend/b", null)];
        foreach (var (subject, value) in given)
        {
            var batch = new JournalBatch();
            batch.StandingOrders.Add(new StandingOrderRecord
            {
                At = Night,
                Operator = "touban",
                Subject = subject,
                Value = value,
                Reason = "flood",
            });
            await Journal.CommitAsync(batch, None);
        }

        var inForce = await Journal.StandingOrdersAsync(None);

        Assert.Equal([("mode", "recovery"), ("suspend/a", "yes")], inForce.Select(order => (order.Subject, order.Value)));
        Assert.Equal(("touban", "flood", Night), (inForce[0].Operator, inForce[0].Reason, inForce[0].At));
        var newest = await Journal.NewestStandingOrdersAsync(2, None);
        Assert.Equal([("suspend/b", null), ("mode", "recovery")], newest.Select(order => (order.Subject, order.Value)));
        Assert.True(newest[0].Number > newest[1].Number);
    }
}
