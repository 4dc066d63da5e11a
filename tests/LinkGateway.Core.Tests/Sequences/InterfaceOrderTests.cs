using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Sequences;

/// <summary>Files of one origin, interface and receiver, as the entry gateway accepted them.</summary>
public sealed class InterfaceOrderTests : IAsyncDisposable
{
    readonly CoreWorld _world = new(configuration: json => OrderedWorld.Ordered(json));

    OrderDesk Desk => new(_world);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Files_that_wait_together_go_in_the_order_in_which_they_were_accepted()
    {
        foreach (var id in (string[])["d", "b", "c", "a", "e"]) await _world.TakeAsync(id);

        await _world.StartAsync();
        await _world.DeliveredAsync("d", "b", "c", "a", "e");

        Assert.Equal(["d", "b", "c", "a", "e"], _world.Shown());
        Assert.Empty(_world.Events.Crashes);
    }

    [Fact]
    public async Task What_a_predecessor_holds_up_goes_at_once_when_that_is_delivered()
    {
        await _world.BlockAsync("b");
        await _world.StartAsync();
        foreach (var id in (string[])["b", "c", "a"]) await _world.TakeAsync(id);
        var first = await _world.WaitsAsync("b", "LG-6003");
        var second = await _world.WaitsAsync("c");
        await _world.WaitsAsync("a");

        Assert.Contains(first.DeliveryId, second.LastErrorText, StringComparison.Ordinal);
        Assert.Equal(0, second.Attempts);
        await _world.UnblockAsync("b");
        await Desk.DoneAsync(OrderKind.Release, Identity("b"));

        foreach (var id in (string[])["b", "c", "a"]) await _world.UntilAsync(Identity(id), DeliveryState.Delivered);
        Assert.Equal(["b", "c", "a"], _world.Shown());
    }

    [Fact]
    public async Task Other_receivers_and_routes_without_an_order_do_not_wait()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        await _world.TakeAsync("a");
        await _world.WaitsAsync("a", "LG-6003");

        await _world.TakeAsync(Manifest("b") with { Receivers = [OtherReceiver] });

        await _world.UntilAsync(Identity("b"), DeliveryState.Delivered);
        Assert.Null((await _world.DeliveryAsync(Identity("b"))).SequenceKey);
    }

    [Fact]
    public async Task A_failed_predecessor_holds_its_successors_until_an_operator_lets_them_pass()
    {
        await _world.TakeAsync(Manifest("a") with { NotAfter = _world.Services.Now.AddMinutes(1) });
        await _world.TakeAsync("b");
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        await _world.StartAsync();
        await _world.DriveAsync(Identity("a"), DeliveryState.Failed);
        await _world.WaitsAsync("b");

        var done = await Desk.DoneAsync(OrderKind.Pass, Identity("a"));

        Assert.Equal(("Failed", "Failed"), (done.From, done.Delivery.State));
        await _world.UntilAsync(Identity("b"), DeliveryState.Delivered);
        var order = Assert.Single(await _world.Journal.OrdersAsync(null, 10, Never));
        Assert.Equal((OrderKind.Pass, Operator, OrderDesk.Reason), (order.Order, order.Operator, order.Reason));
        Assert.Contains(
            await _world.Journal.EventsAsync(Identity("a"), Never),
            entry => entry.Detail == $"pass by operator {Operator}: {OrderDesk.Reason}");
    }

    [Fact]
    public async Task A_cancelled_predecessor_holds_its_successors_too()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        await _world.TakeAsync("a");
        await _world.TakeAsync("b");
        await _world.WaitsAsync("a", "LG-6003");
        await _world.WaitsAsync("b");

        await Desk.DoneAsync(OrderKind.Cancel, Identity("a"));
        _world.Time.Advance(TimeSpan.FromHours(2));
        await _world.UntilAsync(
            Identity("b"), delivery => delivery.LastErrorText?.Contains("Cancelled", StringComparison.Ordinal) == true, "another look");
        await Desk.DoneAsync(OrderKind.Pass, Identity("a"));

        await _world.UntilAsync(Identity("b"), DeliveryState.Delivered);
        Assert.Equal(DeliveryState.Cancelled, (await _world.DeliveryAsync(Identity("a"))).State);
    }

    [Fact]
    public async Task All_that_came_to_nothing_is_passed_by_one_order_which_a_dry_run_counts()
    {
        foreach (var id in (string[])["a", "b"]) await _world.TakeAsync(Manifest(id) with { NotAfter = _world.Services.Now.AddMinutes(1) });
        await _world.BlockAsync("held");
        foreach (var id in (string[])["c", "held", "d"]) await _world.TakeAsync(id);
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b"]) await _world.DriveAsync(Identity(id), DeliveryState.Failed);
        var waits = await _world.WaitsAsync("c");

        Assert.Equal(2, (await Desk.GiveAsync(OrderKind.PassAll, waits.DeliveryId, dryRun: true)).Value!.Passed);
        Assert.Empty(await _world.Journal.OrdersAsync(null, 10, Never));
        Assert.Equal(2, (await Desk.DoneAsync(OrderKind.PassAll, Identity("c"))).Passed);

        await _world.UntilAsync(Identity("c"), DeliveryState.Delivered);
        await _world.WaitsAsync("held", "LG-6003");
        await _world.WaitsAsync("d");
        Assert.Equal(
            [OrderKind.Pass, OrderKind.Pass], (await _world.Journal.OrdersAsync(null, 10, Never)).Select(order => order.Order));
    }

    [Fact]
    public async Task What_is_let_pass_goes_ahead_and_what_comes_after_it_waits_for_it()
    {
        await _world.BlockAsync("a");
        await _world.BlockAsync("b");
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b", "c"]) await _world.TakeAsync(id);
        await _world.WaitsAsync("a", "LG-6003");
        foreach (var id in (string[])["b", "c"]) await _world.WaitsAsync(id);

        await Desk.DoneAsync(OrderKind.Pass, Identity("b"));
        await _world.WaitsAsync("b", "LG-6003");
        await _world.UnblockAsync("b");
        await Desk.DoneAsync(OrderKind.Release, Identity("b"));
        await _world.UntilAsync(Identity("b"), DeliveryState.Delivered);

        await _world.WaitsAsync("c");
        await _world.UnblockAsync("a");
        await Desk.DoneAsync(OrderKind.Release, Identity("a"));
        await _world.DeliveredAsync("a", "c");
        Assert.Equal(["b", "a", "c"], _world.Shown());
    }

    [Fact]
    public async Task A_release_does_not_break_the_order()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b"]) await _world.TakeAsync(id);
        var waits = await _world.WaitsAsync("b");

        Assert.Equal("LG-7003", (await Desk.GiveAsync(OrderKind.Release, waits.DeliveryId)).Refusal?.Code);
    }

    [Fact]
    public async Task What_keeps_no_order_or_is_done_cannot_be_passed()
    {
        await _world.StartAsync();
        await _world.TakeAsync("a");
        await _world.TakeAsync(Manifest("b") with { Receivers = [OtherReceiver] });
        foreach (var id in (string[])["a", "b"])
        {
            var row = await _world.UntilAsync(Identity(id), DeliveryState.Delivered);
            Assert.Equal("LG-7003", (await Desk.GiveAsync(OrderKind.Pass, row.DeliveryId)).Refusal?.Code);
        }
    }

    [Fact]
    public async Task After_a_restart_whoever_has_its_turn_goes_though_nobody_tells()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b", "c"]) await _world.TakeAsync(id);
        await _world.WaitsAsync("a", "LG-6003");
        foreach (var id in (string[])["b", "c"]) await _world.WaitsAsync(id);
        await _world.StopAsync();
        var row = await _world.DeliveryAsync(Identity("a"));
        var batch = new JournalBatch();
        batch.Deliveries.Add(row with { State = DeliveryState.Delivered, Version = row.Version + 1 });
        await _world.Journal.CommitAsync(batch, Never);

        await using var again = new CoreWorld(
            configuration: json => OrderedWorld.Ordered(json),
            parts: new WorldParts { Time = _world.Time, Journal = _world.Journal, Spool = _world.Spool, Files = _world.Files, Seed = 2 });
        await again.StartAsync();

        foreach (var id in (string[])["b", "c"]) await again.UntilAsync(Identity(id), DeliveryState.Delivered);
        Assert.Equal(["b", "c"], again.Shown());
    }

    [Fact]
    public async Task A_file_waits_while_its_predecessor_is_tried_again()
    {
        var full = true;
        await _world.StartAsync(new SlowFileSystem(
            _world.Files,
            beforeCreate: path => full && path.EndsWith(".part", StringComparison.Ordinal)
                ? throw new Core.Files.StorageException(Core.Files.StorageFailure.Full, "no room")
                : Task.CompletedTask));
        foreach (var id in (string[])["a", "b"]) await _world.TakeAsync(id);
        await _world.UntilAsync(
            Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-5002" }, "a retry");
        await _world.WaitsAsync("b");

        full = false;

        await _world.DeliveredAsync("a", "b");
        Assert.Equal(["a", "b"], _world.Shown());
    }

    [Fact]
    public async Task A_file_that_nobody_wants_any_more_fails_while_it_waits()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        await _world.TakeAsync("a");
        await _world.TakeAsync(Manifest("b") with { NotAfter = _world.Services.Now.AddMinutes(10) });
        await _world.WaitsAsync("b");

        _world.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal("LG-6005", (await _world.DriveAsync(Identity("b"), DeliveryState.Failed)).LastErrorCode);
    }

    [Fact]
    public async Task A_route_that_keeps_no_order_any_more_frees_what_waits()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b"]) await _world.TakeAsync(id);
        await _world.WaitsAsync("b");

        _world.Reload(json => OrderedWorld.Ordered(json, "none"));

        _world.Time.Advance(TimeSpan.FromHours(2));
        await _world.DeliveredAsync("b");
    }

    [Fact]
    public async Task Whoever_looks_at_a_delivery_is_told_what_it_waits_for_now()
    {
        await _world.BlockAsync("a");
        await _world.BlockAsync("b");
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b", "c"]) await _world.TakeAsync(id);
        await _world.WaitsAsync("a", "LG-6003");
        var waits = await _world.WaitsAsync("c");
        await Desk.DoneAsync(OrderKind.Pass, Identity("a"));
        var second = await _world.WaitsAsync("b", "LG-6003");

        var shown = (await new OperatorQueries(_world.Services).DeliveryAsync(waits.DeliveryId, Never)).Value!;

        Assert.Equal(second.DeliveryId, shown.WaitsFor!.DeliveryId);
        Assert.Equal($"interface {Interface} from {Origin} to {Receiver}", shown.WaitsFor.Order);
        Assert.Contains(OrderKind.Pass, shown.Possible);
        Assert.DoesNotContain(OrderKind.Release, shown.Possible);
    }

    [Fact]
    public async Task Somebody_is_told_that_a_failed_file_holds_others_up_until_it_does_no_more()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b"]) await _world.TakeAsync(id);
        await _world.WaitsAsync("b");
        await _world.WaitsAsync("a", "LG-6003");
        await Desk.DoneAsync(OrderKind.Cancel, Identity("a"));

        await _world.DriveAsync(() => _world.Services.Notices.Current.Count == 1, "a notice");
        var notice = Assert.Single(_world.Services.Notices.Current);
        Assert.Equal((NoticeKind.OrderBlocked, $"interface {Interface} from {Origin} to {Receiver}"), (notice.Kind, notice.Subject));

        await Desk.DoneAsync(OrderKind.Pass, Identity("a"));
        await _world.DriveAsync(() => _world.Services.Notices.Current.Count == 0, "the end of the notice");
    }

    [Fact]
    public async Task What_only_waits_for_its_turn_needs_nobody()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        foreach (var id in (string[])["a", "b"]) await _world.TakeAsync(id);
        await _world.WaitsAsync("b");
        await _world.WaitsAsync("a", "LG-6003");

        var needed = (await new OperatorQueries(_world.Services).DeliveriesAsync([], null, null, null, null, Never)).Value!;

        Assert.Equal("a", Assert.Single(needed.Deliveries).TransferId);
    }
}
