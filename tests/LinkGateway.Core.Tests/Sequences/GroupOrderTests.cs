using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Sequences.OrderedWorld;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Sequences;

/// <summary>Files that state their order themselves: group and sequence of the manifest.</summary>
public sealed class GroupOrderTests : IAsyncDisposable
{
    readonly CoreWorld _world = new(configuration: json => Ordered(json, "group"));

    OrderDesk Desk => new(_world);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_number_waits_for_the_one_before_it_also_when_that_is_not_here_yet()
    {
        await _world.StartAsync();
        await _world.TakeAsync(Number("c", 3));
        await _world.TakeAsync(Number("b", 2));
        Assert.Contains("number 1", (await _world.WaitsAsync("c")).LastErrorText, StringComparison.Ordinal);
        await _world.WaitsAsync("b");

        await _world.TakeAsync(Number("a", 1));

        foreach (var id in (string[])["a", "b", "c"]) await _world.UntilAsync(Identity(id), DeliveryState.Delivered);
        Assert.Equal(["a", "b", "c"], _world.Shown());
    }

    [Fact]
    public async Task Somebody_is_told_of_a_number_that_does_not_come()
    {
        await _world.StartAsync();
        await _world.TakeAsync(Number("b", 2));
        await _world.WaitsAsync("b");

        _world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(_world.Services.Notices.Current);
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await _world.DriveAsync(() => _world.Services.Notices.Current.Count > 0, "a notice");

        Assert.Contains("number 1", Assert.Single(_world.Services.Notices.Current).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_and_files_without_one_do_not_wait_for_each_other()
    {
        await _world.StartAsync();
        await _world.TakeAsync(Number("waits", 2));
        await _world.WaitsAsync("waits");

        await _world.TakeAsync(Number("other", 1, group: "h"));
        await _world.TakeAsync("none");

        foreach (var id in (string[])["other", "none"]) await _world.UntilAsync(Identity(id), DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_sequence_begins_at_the_first_number_that_is_let_pass()
    {
        await _world.StartAsync();
        await _world.TakeAsync(Number("b", 501));
        await _world.TakeAsync(Number("a", 500));
        foreach (var id in (string[])["a", "b"]) await _world.WaitsAsync(id);

        await Desk.DoneAsync(OrderKind.Pass, Identity("a"));

        foreach (var id in (string[])["a", "b"]) await _world.UntilAsync(Identity(id), DeliveryState.Delivered);
        Assert.Equal(["a", "b"], _world.Shown());
    }

    [Fact]
    public async Task A_number_that_comes_after_a_later_one_was_delivered_is_held_until_somebody_decides()
    {
        await _world.StartAsync();
        await _world.TakeAsync(Number("b", 2));
        await _world.WaitsAsync("b");
        await Desk.DoneAsync(OrderKind.Pass, Identity("b"));
        await _world.UntilAsync(Identity("b"), DeliveryState.Delivered);

        await _world.TakeAsync(Number("a", 1));
        await _world.WaitsAsync("a", Past);
        var needed = (await new OperatorQueries(_world.Services).DeliveriesAsync([], null, null, null, null, Never)).Value!;
        Assert.Equal("a", Assert.Single(needed.Deliveries).TransferId);

        await Desk.DoneAsync(OrderKind.Pass, Identity("a"));
        await _world.UntilAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task Of_two_files_under_one_number_the_first_is_delivered_and_the_second_is_held()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        await _world.TakeAsync(Number("a", 1));
        await _world.TakeAsync(Number("again", 1));
        await _world.WaitsAsync("a", "LG-6003");
        await _world.WaitsAsync("again");
        await _world.UnblockAsync("a");
        await Desk.DoneAsync(OrderKind.Release, Identity("a"));
        await _world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        await _world.WaitsAsync("again", Past);
    }

    [Fact]
    public async Task Of_two_files_under_one_number_the_second_goes_at_once_when_the_first_is_cancelled()
    {
        await _world.BlockAsync("a");
        await _world.StartAsync();
        await _world.TakeAsync(Number("a", 1));
        await _world.TakeAsync(Number("again", 1));
        await _world.TakeAsync(Number("third", 1));
        await _world.WaitsAsync("a", "LG-6003");
        await _world.WaitsAsync("again");
        await _world.WaitsAsync("third");

        await Desk.DoneAsync(OrderKind.Cancel, Identity("a"));

        await _world.UntilAsync(Identity("again"), DeliveryState.Delivered);
        await _world.WaitsAsync("third", Past);
    }

    [Fact]
    public async Task A_file_that_came_to_nothing_is_replaced_by_another_under_its_number()
    {
        await _world.TakeAsync(Number("bad", 1) with { NotAfter = _world.Services.Now.AddMinutes(1) });
        await _world.TakeAsync(Number("b", 2));
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        await _world.StartAsync();
        await _world.DriveAsync(Identity("bad"), DeliveryState.Failed);
        await _world.WaitsAsync("b");

        await _world.TakeAsync(Number("good", 1));

        await _world.DeliveredAsync("good", "b");
        Assert.Equal(["good", "b"], _world.Shown());
    }

    [Fact]
    public async Task What_is_passed_in_advance_does_not_let_its_successors_overtake_what_is_before_it()
    {
        await _world.BlockAsync("b");
        await _world.StartAsync();
        await _world.TakeAsync(Number("b", 2));
        await _world.TakeAsync(Number("c", 3));
        await _world.WaitsAsync("c");

        // Number 2 goes ahead, is refused by the folder and is given up then; number 1 is still to come.
        await Desk.DoneAsync(OrderKind.Pass, Identity("b"));
        await _world.WaitsAsync("b", "LG-6003");
        await Desk.DoneAsync(OrderKind.Pass, Identity("b"));
        Assert.Contains("number 1", (await LookedAtAgainAsync("c")).LastErrorText, StringComparison.Ordinal);

        await _world.TakeAsync(Number("a", 1));
        await _world.DeliveredAsync("a", "c");
        Assert.Equal(["a", "c"], _world.Shown());
    }

    async Task<DeliveryRecord> LookedAtAgainAsync(string transferId)
    {
        var before = await _world.DeliveryAsync(Identity(transferId));
        _world.Time.Advance(TimeSpan.FromHours(2));
        return await _world.UntilAsync(
            Identity(transferId), delivery => delivery.Version > before.Version && delivery.LastErrorCode == Waits, "another look");
    }
}
