using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Replay;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Replay;

/// <summary>What a replay would do, said before anything is done.</summary>
public sealed class ReplayPlanTests : IAsyncDisposable
{
    readonly CoreWorld _world = new(configuration: json => WorldConfiguration.OrTo(json, "/other"));
    readonly OrderDesk _states;
    readonly ReplayDesk _desk;

    public ReplayPlanTests() => (_states, _desk) = (new OrderDesk(_world), new ReplayDesk(_world));

    public static TheoryData<DeliveryState, ReplayAction> Actions() => new()
    {
        { DeliveryState.Failed, ReplayAction.Continue },
        { DeliveryState.Held, ReplayAction.Continue },
        { DeliveryState.Delivered, ReplayAction.Copy },
        { DeliveryState.Applied, ReplayAction.Copy },
        { DeliveryState.ReceiverRejected, ReplayAction.Copy },
        { DeliveryState.Waiting, ReplayAction.Skip },
        { DeliveryState.Sending, ReplayAction.Skip },
        { DeliveryState.InDoubt, ReplayAction.Skip },
        { DeliveryState.HandedOver, ReplayAction.Skip },
        { DeliveryState.Publishing, ReplayAction.Skip },
        { DeliveryState.Cancelled, ReplayAction.Skip },
    };

    public static TheoryData<ReplayRequest, string, string> Wrong() => new()
    {
        { new ReplayRequest { Reason = " " }, "LG-1002", "reason" },
        { new ReplayRequest { Reason = new string('x', 1001) }, "LG-1003", "reason" },
        { new ReplayRequest { Origin = "a", States = ["Sending"] }, "LG-1003", "states" },
        { new ReplayRequest { Origin = "a", States = ["3"] }, "LG-1003", "states" },
        { new ReplayRequest { Origin = "a", To = "nowhere" }, "LG-1003", "to" },
        { new ReplayRequest { Origin = "a", Rate = 0 }, "LG-1003", "rate" },
        { new ReplayRequest { Origin = "a", OrderId = "a b" }, "LG-1003", "orderId" },
        { new ReplayRequest { Origin = "a", OrderId = new string('x', 65) }, "LG-1003", "orderId" },
        { new ReplayRequest { Origin = "a", ForReal = true }, "LG-1002", "orderId" },
        { new ReplayRequest { From = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch }, "LG-1003", "until" },
        { new ReplayRequest { Deliveries = ["none"] }, "LG-7002", "none" },
        { new ReplayRequest(), "LG-7382", "receiver" },
        { new ReplayRequest { Origin = "a", States = ["Delivered"] }, "LG-7382", "from" },
    };

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task The_plan_says_of_each_delivery_whether_it_goes_on_is_copied_or_stays(DeliveryState state, ReplayAction action)
    {
        var delivery = await _states.PutAsync("a", state);
        _world.Journal.BeforeCommit = _ => throw new InvalidOperationException("a dry run commits");

        var plan = await _desk.PlanAsync(new ReplayRequest { Deliveries = [delivery.DeliveryId] });

        var entry = Assert.Single(plan.Entries);
        Assert.True(plan.DryRun);
        Assert.Null(plan.Order);
        Assert.Equal((action, $"{state}", true), (entry.Action, entry.State, entry.PayloadHere));
        Assert.Equal(
            action switch { ReplayAction.Continue => (1, 0, 0, 10L), ReplayAction.Copy => (0, 1, 0, 10), _ => (0, 0, 1, 0) },
            ((int)plan.Continues, (int)plan.Copies, (int)plan.Skips, plan.Bytes));
        Assert.Equal(action switch { ReplayAction.Continue => 0, ReplayAction.Copy => 1, _ => null }, entry.Replay);
        Assert.Equal(action == ReplayAction.Skip, entry.Text is not null);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_order_that_says_too_little_or_nonsense_is_refused(ReplayRequest request, string code, string names)
    {
        var refusal = (await _desk.AskAsync(request)).Refusal!;

        Assert.Equal(code, refusal.Code);
        Assert.Contains(names, $"{refusal}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_criterion_narrows_the_order()
    {
        var one = await _states.PutAsync("a", DeliveryState.Failed, row => row with { LastErrorCode = "LG-6002" });
        _world.Time.Advance(TimeSpan.FromHours(1));
        var later = _world.Services.Now;
        var two = await _states.PutAsync("b", DeliveryState.Held, row => row with { DestinationId = "other-place" });
        await _states.PutAsync("c", DeliveryState.Delivered);

        await MatchesAsync(new ReplayRequest { Origin = WorldConfiguration.Origin }, one, two);
        await MatchesAsync(new ReplayRequest { Origin = WorldConfiguration.Stranger });
        await MatchesAsync(new ReplayRequest { Receiver = WorldConfiguration.Receiver }, one, two);
        await MatchesAsync(new ReplayRequest { Receiver = WorldConfiguration.OtherReceiver });
        await MatchesAsync(new ReplayRequest { Interface = WorldConfiguration.Interface }, one, two);
        await MatchesAsync(new ReplayRequest { Interface = "other" });
        await MatchesAsync(new ReplayRequest { Code = "LG-6002" }, one);
        await MatchesAsync(new ReplayRequest { Destination = "other-place" }, two);
        await MatchesAsync(new ReplayRequest { From = later }, two);
        await MatchesAsync(new ReplayRequest { From = later.ToOffset(TimeSpan.FromHours(-3)) }, two);
        await MatchesAsync(new ReplayRequest { Origin = WorldConfiguration.Origin, Until = later }, one);
        await MatchesAsync(new ReplayRequest { Origin = WorldConfiguration.Origin, States = ["held"] }, two);
        await MatchesAsync(new ReplayRequest { Deliveries = [one.DeliveryId, two.DeliveryId], States = ["Failed"] }, one);
    }

    [Fact]
    public async Task Of_a_file_that_was_replayed_before_only_the_newest_delivery_counts()
    {
        var first = await _states.PutAsync("a", DeliveryState.Delivered);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        var copy = first with { DeliveryId = "copy", Replay = 1, CreatedAt = _world.Services.Now, Version = 1 };
        await PutAsync(copy);

        var plan = await _desk.PlanAsync(new ReplayRequest { States = ["Delivered"], From = DateTimeOffset.UnixEpoch });

        Assert.Equal(("copy", 2), (Assert.Single(plan.Entries).DeliveryId, plan.Entries[0].Replay));
    }

    [Fact]
    public async Task Where_the_bytes_were_removed_the_plan_says_so_and_who_may_hold_them()
    {
        var delivery = await _states.PutAsync("a", DeliveryState.Delivered);
        var row = await _world.RowAsync(Identity("a"));
        var batch = new JournalBatch();
        batch.Transfers.Add(row with
        {
            PayloadDueAt = null,
            PayloadRemovedAt = _world.Services.Now,
            Version = row.Version + 1,
        });
        await _world.Journal.CommitAsync(batch, Never);

        var entry = Assert.Single((await _desk.PlanAsync(new ReplayRequest { Deliveries = [delivery.DeliveryId] })).Entries);
        Assert.Equal((ReplayAction.Skip, false), (entry.Action, entry.PayloadHere));
        Assert.Contains("the origin sends the file again", entry.Text, StringComparison.Ordinal);

        _world.Reload(json => WorldConfiguration.RouteTo(json, "gw-b"));
        await PutAsync(delivery with { DestinationId = "to-gw-b", Version = delivery.Version + 1 });
        entry = Assert.Single((await _desk.PlanAsync(new ReplayRequest { Deliveries = [delivery.DeliveryId] })).Entries);
        Assert.Contains("gw-b may hold it still: order the replay there", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_destination_must_be_one_that_the_route_names()
    {
        _world.Reload(json =>
        {
            WorldConfiguration.OrTo(json, "/other");
            json["destinations"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse(
                """{ "id": "elsewhere", "kind": "folder", "path": "/else" }"""));
        });
        var delivery = await _states.PutAsync("a", DeliveryState.Delivered);
        var request = new ReplayRequest { Deliveries = [delivery.DeliveryId] };

        Assert.Equal("folder", Assert.Single((await _desk.PlanAsync(request)).Entries).Destination);
        Assert.Equal("other-place", Assert.Single((await _desk.PlanAsync(request with { To = "other-place" })).Entries).Destination);
        var refused = Assert.Single((await _desk.PlanAsync(request with { To = "elsewhere" })).Entries);
        Assert.Equal(ReplayAction.Skip, refused.Action);
        Assert.Contains("does not name destination elsewhere", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_place_may_hold_is_settled_before_it_goes_elsewhere()
    {
        var delivery = await _states.PutAsync("a", DeliveryState.Failed, row => row with { Doubts = ["folder"] });

        var plan = await _desk.PlanAsync(new ReplayRequest { Deliveries = [delivery.DeliveryId], To = "other-place" });

        Assert.Contains("folder may hold it", Assert.Single(plan.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_manifest_allows_no_more_is_not_copied()
    {
        var manifest = Manifest("a") with { NotAfter = _world.Services.Now.AddHours(1) };
        await _world.SubmitAsync(manifest, Bytes(10));
        var delivery = await _world.DeliveryAsync(Identity("a"));
        await PutAsync(delivery with { State = DeliveryState.Delivered, NextAttemptAt = null, Version = 2 });
        var request = new ReplayRequest { Deliveries = [delivery.DeliveryId] };
        Assert.Equal(1, (await _desk.PlanAsync(request)).Copies);

        _world.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1, (await _desk.PlanAsync(request)).Skips);
    }

    [Fact]
    public async Task An_urgent_class_has_the_first_turns_whatever_its_age()
    {
        await _states.PutAsync("old", DeliveryState.Failed);
        _world.Time.Advance(TimeSpan.FromHours(1));
        var manifest = Manifest("urgent") with { Receivers = [WorldConfiguration.OtherReceiver] };
        await _world.SubmitAsync(manifest, Bytes(10));
        var row = await _world.DeliveryAsync(Identity("urgent"));
        await PutAsync(row with { State = DeliveryState.Failed, NextAttemptAt = null, Version = row.Version + 1 });
        _world.Reload(json => json["routes"]![1]!["class"] = "life");

        var plan = await _desk.PlanAsync(new ReplayRequest { Origin = WorldConfiguration.Origin });

        Assert.Equal(["urgent", "old"], plan.Entries.Select(entry => entry.TransferId));
    }

    [Fact]
    public async Task More_than_one_order_may_hold_is_refused()
    {
        for (var i = 0; i < 3; i++) await _states.PutAsync($"{i}", DeliveryState.Failed);
        var request = new ReplayRequest { Origin = WorldConfiguration.Origin };

        var found = await new ReplaySelection(_world.Services, request, [DeliveryState.Failed]).FindAsync(most: 2, Never);

        Assert.Equal("LG-7381", found.Refusal?.Code);
        Assert.Equal(3, (await new ReplaySelection(_world.Services, request, [DeliveryState.Failed]).FindAsync(3, Never)).Value!.Count);
    }

    async Task MatchesAsync(ReplayRequest request, params DeliveryRecord[] expected)
    {
        var plan = await _desk.PlanAsync(request);
        Assert.Equal(expected.Select(row => row.DeliveryId), plan.Entries.Select(entry => entry.DeliveryId));
    }

    async Task PutAsync(DeliveryRecord row)
    {
        var batch = new JournalBatch();
        batch.Deliveries.Add(row);
        await _world.Journal.CommitAsync(batch, Never);
    }
}
