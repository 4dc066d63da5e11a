using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Orders;

public sealed class OperatorQueriesTests : IAsyncDisposable
{
    readonly CoreWorld _world = new();
    readonly OrderDesk _desk;
    readonly OperatorQueries _queries;

    public OperatorQueriesTests() => (_desk, _queries) = (new OrderDesk(_world), new OperatorQueries(_world.Services));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_needs_somebody_is_listed_first_and_alone_unless_other_states_are_asked_for()
    {
        await PutAllAsync();

        Assert.Equal(["InDoubt", "Held", "Failed"], (await ListAsync()).Select(delivery => delivery.State));
        Assert.Equal(
            ["Held", "Waiting", "Delivered"], (await ListAsync("delivered", "waiting", "held")).Select(delivery => delivery.State));
    }

    [Fact]
    public async Task What_only_waits_for_its_set_needs_nobody()
    {
        var now = _world.Services.Now;
        await _desk.PutAsync("a", DeliveryState.Held, delivery => delivery with { NextAttemptAt = now.AddMinutes(10) });

        Assert.Empty(await ListAsync());
        Assert.Single(await ListAsync("Held"));
    }

    [Fact]
    public async Task What_waits_and_what_is_left_alone_is_told_by_classes_and_destinations()
    {
        foreach (var state in new[] { DeliveryState.Waiting, DeliveryState.InDoubt, DeliveryState.Held }) 
            await _desk.PutAsync($"{state}", state);
        for (var i = 0; i < 3; i++) _world.Services.Health.Missed("folder", _world.Services.Now, reason: "disk");

        var status = (await _queries.DispatchAsync(Never)).Value!;

        Assert.Equal(("normal", 2), (status.Mode, status.Classes.Single(item => item.Name == "production").Waiting));
        Assert.All(status.Classes.Where(item => item.Name != "production"), item => Assert.Equal(0, item.Waiting));
        var destination = Assert.Single(status.Destinations);
        Assert.Equal(("folder", "down", "disk"), (destination.Destination, destination.State, destination.Reason));
        Assert.Equal("production", Assert.Single(await ListAsync("Waiting")).Class);
    }

    [Fact]
    public async Task Pages_go_through_all_states_without_losing_or_repeating_one()
    {
        foreach (var state in new[] { DeliveryState.Held, DeliveryState.InDoubt, DeliveryState.Failed, DeliveryState.Held })
        {
            for (var i = 0; i < 3; i++)
            {
                await _desk.PutAsync($"{state}-{_world.Time.GetUtcNow().Ticks}-{i}", state);
                _world.Time.Advance(TimeSpan.FromSeconds(i));
            }
        }

        var (seen, cursor, pages) = (new List<DeliverySummary>(), (string?)null, 0);
        do
        {
            var page = (await _queries.DeliveriesAsync([], null, null, 2, cursor, Never)).Value!;
            seen.AddRange(page.Deliveries);
            cursor = page.Cursor;
            pages++;
        }
        while (cursor is not null);

        Assert.Equal((12, 7), (seen.DistinctBy(delivery => delivery.DeliveryId).Count(), pages));
        Assert.Equal(seen, seen.OrderBy(d => d.State switch { "InDoubt" => 0, "Held" => 1, _ => 2 }).ThenBy(d => d.CreatedAt));
    }

    [Theory]
    [InlineData("state", "Sleeping", null)]
    [InlineData("state", "7", null)]
    [InlineData("cursor", "Held", "nonsense!")]
    [InlineData("cursor", "Held", "bm9uc2Vuc2U")]
    public async Task A_question_that_cannot_be_read_is_refused_by_name(string field, string state, string? cursor)
    {
        var refusal = (await _queries.DeliveriesAsync([state], null, null, null, cursor, Never)).Refusal!;

        Assert.Equal(("LG-1003", field), (refusal.Code, refusal.Arguments[0]));
    }

    [Fact]
    public async Task A_delivery_is_shown_with_its_transfer_events_receipts_orders_and_what_may_be_ordered()
    {
        var put = await _desk.PutAsync("a", DeliveryState.InDoubt);
        await _desk.PutAsync("b", DeliveryState.InDoubt);
        await _desk.GiveAsync(OrderKind.Hold, put.DeliveryId);

        var shown = (await _queries.DeliveryAsync(put.DeliveryId, Never)).Value!;

        Assert.Equal(
            ("Held", "a", "a.csv", 10L), (shown.Delivery.State, shown.Transfer.TransferId, shown.Delivery.FileName, shown.Delivery.Size));
        Assert.Equal("accepted", Assert.Single(shown.Receipts).Kind);
        Assert.Equal(("InDoubt", "Held"), (shown.Events[^1].From, shown.Events[^1].To));
        Assert.Equal((OrderKind.Hold, OrderDesk.Reason), (Assert.Single(shown.Orders).Order, shown.Orders[0].Reason));
        Assert.Equal([OrderKind.SettleDelivered, OrderKind.SettleNotDelivered, OrderKind.Release], shown.Possible);
        Assert.Equal("LG-7002", (await _queries.DeliveryAsync("none", Never)).Refusal?.Code);
    }

    [Fact]
    public async Task A_transfer_is_found_by_origin_and_id()
    {
        await _desk.PutAsync("a", DeliveryState.Failed);

        var found = (await _queries.TransfersAsync(WorldConfiguration.Origin, "a", Never)).Value!;

        Assert.Equal("Accepted", Assert.Single(found.Transfers).State);
        Assert.Equal("Failed", Assert.Single(found.Deliveries).State);
        Assert.Equal("LG-2001", (await _queries.TransfersAsync(WorldConfiguration.Origin, "A", Never)).Refusal?.Code);
        Assert.Equal("LG-1002", (await _queries.TransfersAsync(null, "a", Never)).Refusal?.Code);
        Assert.Equal("LG-1002", (await _queries.TransfersAsync(WorldConfiguration.Origin, "", Never)).Refusal?.Code);
    }

    [Fact]
    public async Task Orders_are_listed_newest_first_in_pages()
    {
        var put = await _desk.PutAsync("a", DeliveryState.Waiting);
        foreach (var order in new[] { OrderKind.Hold, OrderKind.Release, OrderKind.Hold }) await _desk.GiveAsync(order, put.DeliveryId);

        var first = (await _queries.OrdersAsync(2, null, Never)).Value!;
        var second = (await _queries.OrdersAsync(2, first.Cursor, Never)).Value!;

        Assert.Equal([3L, 2, 1], first.Orders.Concat(second.Orders).Select(order => order.Number));
        Assert.Null(second.Cursor);
        Assert.Equal("LG-1003", (await _queries.OrdersAsync(2, "x", Never)).Refusal?.Code);
    }

    [Fact]
    public async Task Deliveries_are_counted_by_state()
    {
        await PutAllAsync();

        var counts = (await _queries.CountAsync(Never)).Value!;

        Assert.Equal(Enum.GetNames<DeliveryState>(), counts.Keys);
        Assert.All(counts.Values, count => Assert.Equal(1, count));
    }

    async Task PutAllAsync()
    {
        foreach (var state in Enum.GetValues<DeliveryState>()) await _desk.PutAsync($"{state}", state);
    }

    async Task<IReadOnlyList<DeliverySummary>> ListAsync(params string[] states) =>
        (await _queries.DeliveriesAsync(states, null, null, null, null, Never)).Value!.Deliveries;
}
