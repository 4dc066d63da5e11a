using LinkGateway.Contract.Operator;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.Receivers;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Sequences.OrderedWorld;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Sequences;

/// <summary>Order at the places other than a folder, of sets, and over two gateways.</summary>
public sealed class OrderedPlaceTests
{
    [Fact]
    public async Task An_inbox_offers_one_file_after_another_each_when_the_one_before_it_is_confirmed()
    {
        await using var world = await InboxWorld.StartAsync(more: json => Ordered(json));
        foreach (var id in (string[])["b", "a"]) await world.TakeAsync(id);
        await world.WaitsAsync("a");
        await world.UntilAsync(Identity("b"), delivery => delivery.OfferedAt is not null, "an offer");
        var offered = Assert.Single((await world.ListAsync()).Value!.Items);
        Assert.Equal("b", offered.TransferId);

        await ConfirmAsync(world, "b");

        await world.UntilAsync(Identity("a"), delivery => delivery.OfferedAt is not null, "an offer");
        Assert.Equal("a", Assert.Single((await world.ListAsync()).Value!.Items).TransferId);
    }

    [Fact]
    public async Task Files_are_pushed_to_a_receiving_system_one_after_another()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            ReceiverConfiguration.With()(json);
            Ordered(json);
        });
        world.Receiving.Fault = _ => world.Receiving.Calls.Count <= 2 ? new PeerFault.NotSent() : null;
        await world.StartAsync();
        foreach (var id in (string[])["c", "b", "a"]) await world.TakeAsync(id);

        await world.DeliveredAsync("c", "b", "a");

        Assert.Equal(["c", "b", "a"], world.Receiving.Taken.Select(taken => taken.Id.TransferId));
    }

    [Fact]
    public async Task A_file_that_the_receiving_system_has_rejected_holds_nothing_up()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            ReceiverConfiguration.With()(json);
            Ordered(json);
        });
        world.Receiving.Answer = (_, result) => world.Receiving.Submissions.Count == 1
            ? new FileResult { Outcome = FileOutcome.Rejected, Code = "E-1", Text = "no such year" }
            : result;
        foreach (var id in (string[])["b", "a"]) await world.TakeAsync(id);

        await world.StartAsync();

        await world.DriveAsync(Identity("b"), DeliveryState.ReceiverRejected);
        await world.DeliveredAsync("a");
    }

    [Fact]
    public async Task A_set_takes_the_turn_of_its_first_file_and_what_stands_between_its_files_comes_after_it()
    {
        await using var world = new CoreWorld(configuration: json => Ordered(json));
        await world.BlockAsync("before");
        await world.StartAsync();
        await world.TakeAsync("before");
        await world.TakeAsync(Manifest("m1") with { SetId = "set", SetIndex = 1, SetCount = 2 });
        await world.TakeAsync("between");
        await world.TakeAsync(Manifest("m2") with { SetId = "set", SetIndex = 2, SetCount = 2 });
        await world.WaitsAsync("before", "LG-6003");
        await world.WaitsAsync("between");
        await Waiting.UntilAsync(
            async () =>
            {
                var members = await world.Journal.SetDeliveriesAsync((await world.DeliveryAsync(Identity("m1"))).SetKey!, Never);
                return members.Any(member => member.LastErrorText?.StartsWith("The set set is", StringComparison.Ordinal) == true);
            },
            () => "a set that waits for its turn");
        Assert.DoesNotContain(world.Files.Paths, path => path.EndsWith(".json", StringComparison.Ordinal));

        await world.UnblockAsync("before");
        await new OrderDesk(world).DoneAsync(OrderKind.Release, Identity("before"));

        await world.DeliveredAsync("before", "m1", "m2", "between");
        var shown = world.Files.Operations.Select(operation => operation.Target ?? "")
            .Where(target => target.EndsWith(".csv", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(["before", "m1", "m2", "between"], shown);
    }

    [Fact]
    public async Task What_comes_after_a_set_waits_for_all_its_files_in_whatever_order_they_are_fetched()
    {
        await using var world = await InboxWorld.StartAsync(more: json => Ordered(json, "group"));
        foreach (var index in (int[])[1, 2])
            await world.TakeAsync(Number($"m{index}", index) with { SetId = "set", SetIndex = index, SetCount = 2 });
        await world.TakeAsync(Number("after", 3));
        await world.WaitsAsync("after");

        await ConfirmAsync(world, "m2");
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.UntilAsync(
            Identity("after"), delivery => delivery.LastErrorText?.Contains("m1", StringComparison.Ordinal) == true, "another look");
        Assert.Equal("m1", Assert.Single((await world.ListAsync()).Value!.Items).TransferId);

        await ConfirmAsync(world, "m1");
        await world.UntilAsync(Identity("after"), delivery => delivery.OfferedAt is not null, "an offer");
    }

    static async Task ConfirmAsync(CoreWorld world, string transferId)
    {
        var offered = await world.UntilAsync(Identity(transferId), delivery => delivery.OfferedAt is not null, "an offer");
        var fetched = await world.FetchFileAsync(offered.DeliveryId);
        await fetched.ReadAsync();
        Assert.True((await world.ConfirmAsync(offered.DeliveryId, fetched.Value!.Result.Lease)).Succeeded);
    }

    [Fact]
    public async Task The_files_of_a_set_for_a_receiving_system_have_each_their_own_turn()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            ReceiverConfiguration.With()(json);
            Ordered(json);
        });
        await world.StartAsync();
        await world.TakeAsync(Manifest("m1") with { SetId = "set", SetIndex = 1, SetCount = 2 });
        await world.TakeAsync("between");
        await world.TakeAsync(Manifest("m2") with { SetId = "set", SetIndex = 2, SetCount = 2 });

        await world.DeliveredAsync("m1", "between", "m2");

        Assert.Equal(["m1", "between", "m2"], world.Receiving.Taken.Select(taken => taken.Id.TransferId));
    }

    [Fact]
    public async Task Whatever_overtook_on_the_way_is_put_in_the_order_of_the_entry_gateway()
    {
        await using var entry = new CoreWorld("gw-a", json => RouteTo(json, "gw-b"));
        await using var last = new CoreWorld("gw-b", json => Ordered(json), new WorldParts { Time = entry.Time, Seed = 2 });
        var line = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var peer = entry.ConnectTo(last);
        peer.Before = (call, request) => call == "Commit"
            && request is Contract.Messages.CommitTransferRequest { Transfer.TransferId: "a" } ? line.Task : Task.CompletedTask;
        await last.BlockAsync("first");
        await entry.StartAsync();
        await last.StartAsync();
        await entry.TakeAsync("first");
        await last.UntilAsync(ForwardIdentity("first"), DeliveryState.Held);
        await entry.TakeAsync("a");
        await entry.TakeAsync("b");
        await last.UntilAsync(ForwardIdentity("b"), delivery => delivery.LastErrorCode == Waits, "held");

        line.SetResult();
        await last.UntilAsync(ForwardIdentity("a"), delivery => delivery.LastErrorCode == Waits, "held");
        await last.UnblockAsync("first");
        await new OrderDesk(last).DoneAsync(OrderKind.Release, ForwardIdentity("first"));

        foreach (var id in (string[])["first", "a", "b"]) await last.DriveAsync(ForwardIdentity(id), DeliveryState.Delivered);
        Assert.Equal(["first", "a", "b"], last.Shown());
    }
}
