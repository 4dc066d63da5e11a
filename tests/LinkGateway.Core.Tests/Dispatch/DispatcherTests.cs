using System.Globalization;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Dispatch;

/// <summary>What goes next, without anything being sent.</summary>
public sealed class DispatcherTests : IAsyncDisposable
{
    const string Bulk = "zei-nenji";
    const string Rescue = "anpi";
    const string OtherOrigin = Stranger;

    readonly CoreWorld _world;
    readonly Dispatcher _dispatcher;
    readonly Queue<DeliveryRecord> _begun = [];
    readonly Dictionary<string, long> _bytes = [];
    int _made;

    public DispatcherTests()
    {
        _world = new CoreWorld(configuration: Configure);
        _dispatcher = new Dispatcher(_world.Services, new Ways(_world.Services));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Classes_share_by_their_weights()
    {
        // infrastructure 8, production 4, wide-area 2
        await WaitAsync(100, Rescue);
        await WaitAsync(100, Interface);
        await WaitAsync(100, Bulk);

        var gone = await GoAsync(70);

        Assert.Equal((10, 20, 40), (CountOf(Bulk), CountOf(Interface), CountOf(Rescue)));

        int CountOf(string interfaceId) => gone.Count(one => one.InterfaceId == interfaceId);
    }

    [Fact]
    public async Task Something_urgent_that_comes_goes_next()
    {
        await WaitAsync(100, Bulk);
        await GoAsync(30);
        await WaitAsync(1, Rescue);

        Assert.Equal(Rescue, (await GoAsync(1))[0].InterfaceId);
    }

    [Fact]
    public async Task Bulk_goes_on_while_something_urgent_always_waits()
    {
        await WaitAsync(10, Bulk, bytes: 63 << 20);
        await WaitAsync(600, Rescue);

        // A file of 63 MiB costs as much as 64 small ones, and the weights are 8 to 2.
        var gone = await GoAsync(512);

        Assert.Equal(2, gone.Count(one => one.InterfaceId == Bulk));
    }

    [Fact]
    public async Task Who_has_thousands_of_files_does_not_keep_another_of_its_class_waiting()
    {
        await WaitAsync(5000, Interface);
        await GoAsync(100);
        await WaitAsync(5, Interface, origin: OtherOrigin);

        var gone = await GoAsync(10);

        Assert.Equal(5, gone.Count(one => one.Transfer.Origin == OtherOrigin));
    }

    [Fact]
    public async Task Of_one_origin_the_oldest_goes_first_whatever_its_receiver_is()
    {
        List<string> made = [];
        foreach (var receiver in new[] { OtherReceiver, Receiver, Receiver, OtherReceiver, Receiver })
        {
            made.AddRange(await WaitAsync(1, Interface, receiver: receiver));
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(made, (await GoAsync(5)).Select(one => one.DeliveryId));
    }

    [Fact]
    public async Task A_destination_that_has_as_many_as_it_may_holds_up_no_other()
    {
        Reload(json => json["destinations"]![0]!["concurrency"] = 2);
        await WaitAsync(5, Interface);
        await WaitAsync(2, Interface, receiver: OtherReceiver);

        var running = await BeginAsync(10);

        Assert.Equal(["folder", "folder", "other", "other"], running.Select(one => one.DestinationId).Order());
        _dispatcher.Running.Leave(running.First(one => one.DestinationId == "folder").DeliveryId);
        Assert.Equal("folder", Assert.Single(await BeginAsync(10)).DestinationId);
    }

    [Fact]
    public async Task A_route_that_has_as_many_as_it_may_holds_up_no_other()
    {
        Reload(json => RouteOf(json, Interface)["concurrency"] = 1);
        await WaitAsync(5, Interface);
        await WaitAsync(2, Bulk);

        Assert.Equal([Interface, Bulk, Bulk], (await BeginAsync(10)).Select(one => one.InterfaceId));
    }

    [Fact]
    public async Task A_class_that_has_as_many_as_it_may_holds_up_no_other()
    {
        Reload(json => json["classes"] = JsonNode.Parse(
            """[{ "name": "production", "concurrency": 1 }, { "name": "wide-area" }, { "name": "infrastructure" }]"""));
        await WaitAsync(5, Interface);
        await WaitAsync(2, Bulk);

        Assert.Equal([Interface, Bulk, Bulk], (await BeginAsync(10)).Select(one => one.InterfaceId));
    }

    [Fact]
    public async Task What_is_urgent_has_workers_that_bulk_cannot_take()
    {
        Reload(json => (json["limits"]!["deliveryWorkers"], json["limits"]!["urgentWorkers"]) = (3, 2));
        await WaitAsync(10, Bulk);
        Assert.Equal(3, (await BeginAsync(10)).Count);
        await WaitAsync(10, Rescue);

        Assert.Equal([Rescue, Rescue], (await BeginAsync(10)).Select(one => one.InterfaceId));
    }

    [Fact]
    public async Task Bulk_keeps_its_workers_while_urgent_ones_are_busy()
    {
        Reload(json => (json["limits"]!["deliveryWorkers"], json["limits"]!["urgentWorkers"]) = (3, 2));
        await WaitAsync(10, Rescue);
        await BeginAsync(10);
        Assert.Equal(5, _dispatcher.Running.Total);
        await WaitAsync(10, Bulk);
        foreach (var _ in Enumerable.Range(0, 3)) _dispatcher.Running.Leave(_begun.Dequeue().DeliveryId);

        Assert.Contains(await BeginAsync(10), one => one.InterfaceId == Bulk);
    }

    [Fact]
    public async Task Another_mode_is_in_force_at_once()
    {
        await WaitAsync(400, Interface);
        await WaitAsync(400, Bulk);
        Assert.Equal(2.0, Ratio(await GoAsync(30)));

        await OrderAsync(StandingSubjects.Mode, "disaster");

        // production weighs 1 then, wide-area 4.
        Assert.Equal(0.25, Ratio(await GoAsync(50)));

        static double Ratio(IReadOnlyList<DeliveryRecord> gone) =>
            (double)gone.Count(one => one.InterfaceId == Interface) / gone.Count(one => one.InterfaceId == Bulk);
    }

    [Fact]
    public async Task A_route_that_changes_its_class_takes_along_what_waits()
    {
        await WaitAsync(10, Bulk);
        await WaitAsync(10, Interface);
        Reload(json => RouteOf(json, Bulk)["class"] = "life");

        // Of weight 32 now, beside one of weight 4.
        Assert.Equal(8, (await GoAsync(9)).Count(one => one.InterfaceId == Bulk));
    }

    [Fact]
    public async Task What_has_no_route_any_more_belongs_to_the_ordinary_class()
    {
        await WaitAsync(1, "gone");
        await WaitAsync(1, Bulk);
        Assert.Equal(["gone", Bulk], (await GoAsync(2)).Select(one => one.InterfaceId));
    }

    [Fact]
    public async Task A_receiver_that_is_suspended_gets_nothing_and_holds_up_nobody()
    {
        await WaitAsync(2, Interface);
        await WaitAsync(1, Interface, receiver: OtherReceiver);
        await OrderAsync(StandingSubjects.Suspend(Receiver), StandingSubjects.InForce);

        Assert.Equal([OtherReceiver], (await BeginAsync(10)).Select(one => one.Receiver));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(3600)]
    public async Task A_clock_that_is_set_back_does_not_stop_a_destination_that_drains(int seconds)
    {
        Reload(json => json["destinations"]![0]!["drain"] = 1);
        await WaitAsync(20, Interface);
        _world.Time.Advance(TimeSpan.FromHours(2));
        ComeBack("folder");
        for (var i = 0; i < 10; i++)
        {
            await OneGoesAsync();
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // When the next may go was planned by the former time: it would be waited for until that comes again.
        _world.Time.Advance(TimeSpan.FromSeconds(-seconds));

        await OneGoesAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEmpty(await BeginAsync(10));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_a_little_changes_nothing_of_how_many_go_in_a_second()
    {
        Reload(json => json["destinations"]![0]!["drain"] = 1);
        await WaitAsync(20, Interface);
        ComeBack("folder");
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        await OneGoesAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(-5));

        for (var i = 0; i < 5; i++)
        {
            await OneGoesAsync();
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task What_is_kept_from_a_receiver_that_is_suspended_is_no_backlog_that_drains()
    {
        await WaitAsync(5, Interface);
        ComeBack("folder");
        await OrderAsync(StandingSubjects.Suspend(Receiver), StandingSubjects.InForce);

        Assert.Empty(await BeginAsync(10));

        // It may be suspended for weeks: whoever else sends there is not to be held up so long.
        Assert.Empty(_world.Services.Health.Draining());
    }

    /// <summary>Lets a destination break down, and come back at once.</summary>
    void ComeBack(string destination)
    {
        while (!_world.Services.Health.IsOpen(destination)) _world.Services.Health.Missed(destination, _world.Services.Now);
        _world.Services.Health.Answered(destination, _world.Services.Now);
    }

    /// <summary>Lets go what may go now, which is one.</summary>
    async Task OneGoesAsync()
    {
        var one = Assert.Single(await BeginAsync(10));
        _dispatcher.Running.Leave(one.DeliveryId);
    }

    /// <summary>Begins as many as may begin, at most so many.</summary>
    async Task<IReadOnlyList<DeliveryRecord>> BeginAsync(int most)
    {
        List<DeliveryRecord> begun = [];
        var now = _world.Services.Now;
        var round = await _dispatcher.BeginAsync(now, Never);
        while (begun.Count < most && await round.NextAsync(Never) is var (lane, due))
        {
            _dispatcher.Begin(lane, due, lane.Ways[0], _bytes[due.DeliveryId], now);
            begun.Add(due);
            _begun.Enqueue(due);
            var batch = new JournalBatch();
            batch.Deliveries.Add(due with { State = DeliveryState.Delivered, NextAttemptAt = null, Version = due.Version + 1 });
            await _world.Journal.CommitAsync(batch, Never);
        }

        return begun;
    }

    /// <summary>Lets so many go, one after the other.</summary>
    async Task<IReadOnlyList<DeliveryRecord>> GoAsync(int number)
    {
        List<DeliveryRecord> gone = [];
        while (gone.Count < number)
        {
            var one = Assert.Single(await BeginAsync(1));
            _dispatcher.Running.Leave(one.DeliveryId);
            gone.Add(one);
        }

        return gone;
    }

    async Task<List<string>> WaitAsync(
        int number, string interfaceId, string origin = Origin, string receiver = Receiver, long bytes = 0)
    {
        var batch = new JournalBatch();
        for (var i = 0; i < number; i++)
        {
            var id = (++_made).ToString("x32", CultureInfo.InvariantCulture);
            _bytes[id] = bytes;
            batch.Deliveries.Add(new DeliveryRecord
            {
                DeliveryId = id,
                Transfer = new TransferIdentity(origin, id, "", 0),
                PayloadId = id,
                Receiver = receiver,
                InterfaceId = interfaceId,
                Replay = 0,
                DestinationId = receiver == Receiver ? "folder" : "other",
                State = DeliveryState.Waiting,
                Attempts = 0,
                NextAttemptAt = _world.Services.Now,
                CreatedAt = _world.Services.Now,
                UpdatedAt = _world.Services.Now,
            });
        }

        await _world.Journal.CommitAsync(batch, Never);
        return [.. batch.Deliveries.Select(delivery => delivery.DeliveryId)];
    }

    async Task OrderAsync(string subject, string value)
    {
        var given = await _world.Services.Standing.GiveAsync(
            _world.Services, subject, value, new GivenOrder("touban", "test", DryRun: false), Never);
        Assert.True(given.Succeeded);
    }

    void Reload(Action<JsonNode> change) => _world.Reload(json =>
    {
        Configure(json);
        change(json);
    });

    static JsonNode RouteOf(JsonNode json, string interfaceId) => json["routes"]!.AsArray()
        .First(route => (string?)route!["interface"] == interfaceId && (string?)route["receiver"] == Receiver)!;

    static void Configure(JsonNode json)
    {
        json["limits"]!["deliveryWorkers"] = 10;
        json["destinations"]!.AsArray().Add(JsonNode.Parse("""{ "id": "other", "kind": "folder", "path": "/other" }"""));
        json["routes"]![1]!["destination"] = "other";
        json["routes"]!.AsArray().Add(Route(OtherOrigin, Interface, ClassSettings.Ordinary));
        foreach (var (id, name) in new[] { (Bulk, "wide-area"), (Rescue, "infrastructure") })
        {
            json["interfaces"]!.AsArray().Add(JsonNode.Parse($$"""{ "id": "{{id}}" }"""));
            json["routes"]!.AsArray().Add(Route(Origin, id, name));
        }
    }

    static JsonNode Route(string origin, string interfaceId, string name) => JsonNode.Parse($$"""
        { "origin": "{{origin}}", "interface": "{{interfaceId}}", "receiver": "{{Receiver}}", "destination": "folder", "class": "{{name}}" }
        """)!;
}
