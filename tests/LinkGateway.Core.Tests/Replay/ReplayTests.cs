using System.Text.Json;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Replay;

/// <summary>Replays at one gateway with a folder.</summary>
public sealed class ReplayTests : IAsyncDisposable
{
    static readonly byte[] File = Bytes((2 * ChunkSize) + 1);

    readonly WorldParts _parts = new();
    readonly ReplayDesk _desk;
    CoreWorld _world;

    public ReplayTests()
    {
        _world = new CoreWorld(configuration: Number, parts: _parts);
        _desk = new ReplayDesk(_world);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_copy_is_published_beside_the_first_with_its_number_and_its_own_receipt()
    {
        await DeliverAsync("a");

        var answer = await _desk.OrderAsync(Identity("a"));
        await _desk.DoneAsync();
        var copy = await CopyAsync("a", DeliveryState.Delivered);

        Assert.Equal((false, 1L, "order-1"), (answer.DryRun, answer.Copies, answer.Order!.OrderId));
        Assert.Equal((1, "a (2).csv"), (copy.Replay, copy.PublishedName));
        Assert.Equal(File, _world.Files.Content("/out/a (2).csv"));
        using var control = JsonDocument.Parse(_world.Files.Content("/out/a (2).csv.ctl.json"));
        Assert.Equal(1, control.RootElement.GetProperty("replay").GetInt32());
        Assert.Equal(copy.DeliveryId, control.RootElement.GetProperty("deliveryId").GetString());
        Assert.Equal(
            [("Accepted", 0), ("Delivered", 0), ("Delivered", 1)],
            (await _world.Journal.ReceiptsAsync(Identity("a"), Never))
                .Select(receipt => ($"{receipt.Content.Kind}", receipt.Content.Replay)));
    }

    [Fact]
    public async Task What_failed_goes_on_and_is_no_copy()
    {
        _world = await RestartAsync(null);
        var failed = await new OrderDesk(_world).PutAsync("a", DeliveryState.Failed);
        var desk = new ReplayDesk(_world);
        await _world.StartAsync();
        _world.StartReplays();

        await desk.OrderAsync(Identity("a"));

        var delivered = await _world.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal((failed.DeliveryId, 0), (delivered.DeliveryId, delivered.Replay));
        Assert.Equal((1L, 0L), ((await desk.SummaryAsync()).Continued, (await desk.SummaryAsync()).Copied));
    }

    [Theory]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Held)]
    public async Task What_was_to_go_on_and_has_arrived_before_its_turn_is_not_copied(DeliveryState state)
    {
        var planned = await new OrderDesk(_world).PutAsync("a", state);
        var answer = await _desk.OrderAsync(Identity("a"));
        Assert.Equal((1L, 0L), (answer.Continues, answer.Copies));

        // Somebody has released it meanwhile, and nobody has ordered a second one of it.
        await PutAsync(planned with { State = DeliveryState.Delivered, Version = planned.Version + 1 });
        await AssertSkippedAsync(isDone: false);
        _world.StartReplays();
        await _desk.DoneAsync();

        await AssertSkippedAsync(isDone: true);
        Assert.Equal([0], await NumbersAsync("a"));

        async Task AssertSkippedAsync(bool isDone)
        {
            var entry = Assert.Single((await _desk.Orders.ShowAsync("order-1", null, null, Never)).Value!.Entries);
            Assert.Equal((ReplayAction.Skip, isDone, null), (entry.Action, entry.Done, entry.CarriedOutBy));
            Assert.Contains("it is Delivered by now", entry.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_copy_whose_number_was_taken_is_replaced_by_one_copy_however_often_that_is_ordered()
    {
        await PutFailedCopyAsync("a", ErrorCatalogue.ReplayTaken);
        var request = new ReplayRequest { Deliveries = ["copy"] };

        // Both are planned before either has its turn, as by two operators at the same time.
        foreach (var order in (string[])["order-1", "order-2"])
            Assert.Equal(1, (await _desk.OrderAsync(request with { OrderId = order })).Copies);
        _world.StartReplays();
        await _desk.DoneAsync("order-1");
        await _desk.DoneAsync("order-2");

        Assert.Equal([0, 1, 2], await NumbersAsync("a"));
        Assert.Equal((1L, 1L), ((await _desk.SummaryAsync("order-1")).Copied, (await _desk.SummaryAsync("order-2")).Skipped));
        var copied = Assert.Single((await _desk.Orders.ShowAsync("order-1", null, null, Never)).Value!.Entries);
        Assert.Equal((2, null), (copied.Replay, copied.Text));
        var later = Assert.Single((await _desk.PlanAsync(request)).Entries);
        Assert.Equal((ReplayAction.Skip, null), (later.Action, later.Destination));
        Assert.Contains("copy 2 was made since", later.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_failed_goes_on_under_its_own_number_however_often_it_fails()
    {
        var copy = await PutFailedCopyAsync("a", ErrorCatalogue.StorageTrouble);
        _world.StartReplays();

        foreach (var order in (string[])["order-1", "order-2"])
        {
            await _desk.OrderAsync(new ReplayRequest { OrderId = order, Deliveries = ["copy"] });
            await _desk.DoneAsync(order);
            Assert.Equal(1, (await _desk.SummaryAsync(order)).Continued);
            var waiting = (await _world.Journal.FindDeliveryAsync("copy", Never))!;
            Assert.Equal((DeliveryState.Waiting, 1), (waiting.State, waiting.Replay));
            await PutAsync(copy with { Version = waiting.Version + 1 });
        }

        Assert.Equal([0, 1], await NumbersAsync("a"));
    }

    [Fact]
    public async Task Who_when_and_why_are_in_the_commit_that_makes_the_copy()
    {
        await DeliverAsync("a");
        var source = (await _desk.DeliveriesAsync(Identity("a")))[0];
        List<JournalBatch> copies = [];
        _world.Journal.BeforeCommit = batch =>
        {
            if (batch.Deliveries.Any(row => row is { Replay: 1, Version: 1 })) copies.Add(batch);
        };

        await _desk.OrderAsync(Identity("a"));
        await _desk.DoneAsync();

        var made = Assert.Single(copies);
        Assert.Equal(ReplayItemState.Copied, Assert.Single(made.ReplayItems).State);
        Assert.Contains($"by operator {Operator}: {ReplayDesk.Reason}", made.Events[0].Detail, StringComparison.Ordinal);
        var order = Assert.Single(await _world.Journal.OrdersOfAsync(source.DeliveryId, Never));
        Assert.Equal((OrderKind.Replay, Operator, ReplayDesk.Reason), (order.Order, order.Operator, order.Reason));
    }

    [Fact]
    public async Task The_same_order_given_twice_makes_one_copy_and_another_order_the_next()
    {
        await DeliverAsync("a");

        await _desk.OrderAsync(Identity("a"));
        var request = new ReplayRequest { Deliveries = [(await _desk.DeliveriesAsync(Identity("a")))[0].DeliveryId] };
        await _desk.OrderAsync(request);
        await _desk.DoneAsync();
        var repeated = await _desk.OrderAsync(request);
        Assert.Equal((1L, 1), (repeated.Order!.Copied, (await _desk.DeliveriesAsync(Identity("a"))).Count(row => row.Replay > 0)));

        await _desk.OrderAsync(request with { OrderId = "order-2" });
        await _desk.DoneAsync("order-2");
        Assert.Equal([0, 1, 2], (await _desk.DeliveriesAsync(Identity("a"))).Select(row => row.Replay));
    }

    [Fact]
    public async Task An_order_id_that_belongs_to_another_order_is_refused()
    {
        await DeliverAsync("a");
        await _desk.OrderAsync(Identity("a"));

        var other = new ReplayRequest { OrderId = "order-1", ForReal = true, Origin = Origin };
        Assert.Equal("LG-7380", (await _desk.AskAsync(other)).Refusal?.Code);
        var same = new ReplayRequest
        {
            OrderId = "order-1",
            ForReal = true,
            Deliveries = [(await _desk.DeliveriesAsync(Identity("a")))[0].DeliveryId],
        };
        Assert.Equal("LG-7380", (await _desk.AskAsync(same, Stranger)).Refusal?.Code);
    }

    [Fact]
    public async Task A_replay_goes_to_the_destination_that_is_ordered_and_nowhere_else()
    {
        await DeliverAsync("a");
        await _parts.Files.CreateDirectoryAsync("/other", Never);
        var source = (await _desk.DeliveriesAsync(Identity("a")))[0].DeliveryId;

        await _desk.OrderAsync(new ReplayRequest { Deliveries = [source], To = "other-place" });
        await _desk.DoneAsync();

        var copy = await CopyAsync("a", DeliveryState.Delivered);
        Assert.Equal(("other-place", true), (copy.DestinationId, copy.Pinned));
        Assert.Equal(File, _world.Files.Content("/other/a.csv"));
    }

    [Fact]
    public async Task Turns_come_at_the_rate_of_the_order_and_the_oldest_has_the_first()
    {
        foreach (var id in (string[])["c", "a", "b"])
        {
            await new OrderDesk(_world).PutAsync(id, DeliveryState.Failed);
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        _world.StartReplays();
        await _desk.OrderAsync(new ReplayRequest { Origin = Origin, Rate = 2 });
        await TurnsAsync(1);
        Assert.Equal(2, (await _desk.SummaryAsync()).Pending);
        Assert.Equal(_world.Services.Now.AddMinutes(1), (await _desk.SummaryAsync()).LastTurnAt);

        await AdvanceAsync(TimeSpan.FromSeconds(29.5));
        Assert.Single(_world.Replays.Turns);
        await AdvanceAsync(TimeSpan.FromSeconds(0.5));
        await TurnsAsync(2);
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        await TurnsAsync(3);

        var turns = _world.Replays.Turns.Select(item => item.DeliveryId);
        var byId = new Dictionary<string, string>();
        foreach (var id in (string[])["a", "b", "c"]) byId[(await _world.DeliveryAsync(Identity(id))).DeliveryId] = id;
        Assert.Equal(["c", "a", "b"], turns.Select(delivery => byId[delivery]));
    }

    [Fact]
    public async Task A_stopped_replay_leaves_the_rest_as_it_is()
    {
        foreach (var id in (string[])["a", "b"]) await new OrderDesk(_world).PutAsync(id, DeliveryState.Failed);
        _world.StartReplays();
        await _desk.OrderAsync(new ReplayRequest { Origin = Origin, Rate = 1 });
        await TurnsAsync(1);

        var stopped = await _desk.Orders.StopAsync(Operator, "order-1", new ReplayStop { Reason = "enough" }, Never);

        Assert.Equal((ReplaySummary.Stopped, 1L), (stopped.Value!.State, stopped.Value.Pending));
        Assert.Contains("enough", stopped.Value.EndText, StringComparison.Ordinal);
        await AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Single(_world.Replays.Turns);
        Assert.Equal("LG-7384", (await _desk.Orders.StopAsync(Operator, "order-1", new ReplayStop { Reason = "x" }, Never)).Refusal?.Code);
        Assert.Equal("LG-7383", (await _desk.Orders.StopAsync(Operator, "none", new ReplayStop { Reason = "x" }, Never)).Refusal?.Code);
    }

    [Fact]
    public async Task What_cannot_be_replayed_when_its_turn_comes_is_skipped_with_the_reason()
    {
        var desk = new OrderDesk(_world);
        var failed = await desk.PutAsync("a", DeliveryState.Failed);
        await _desk.OrderAsync(new ReplayRequest { Origin = Origin });
        await desk.GiveAsync(OrderKind.Cancel, failed.DeliveryId);

        _world.StartReplays();
        await _desk.DoneAsync();

        var shown = (await _desk.Orders.ShowAsync("order-1", null, null, Never)).Value!;
        var entry = Assert.Single(shown.Entries);
        Assert.Equal((1L, ReplayAction.Skip, true), (shown.Order.Skipped, entry.Action, entry.Done));
        Assert.Contains("withdrawn", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_whose_turn_has_still_to_come_is_kept()
    {
        await DeliverAsync("a");
        await DeliverAsync("b");
        await _world.StopAsync();
        await _desk.OrderAsync(Identity("b"));

        _world.Time.Advance(TimeSpan.FromDays(8));
        await _world.Retention.StepAsync(Never);

        Assert.NotNull((await _world.RowAsync(Identity("a"))).PayloadRemovedAt);
        Assert.Null((await _world.RowAsync(Identity("b"))).PayloadRemovedAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_was_broken_off_goes_on_after_a_restart_and_copies_nothing_twice(bool applied)
    {
        foreach (var id in (string[])["a", "b", "c"]) await DeliverAsync(id);
        var copies = 0;
        void Break(JournalBatch batch)
        {
            if (batch.ReplayItems.Any(item => item.State == ReplayItemState.Copied) && ++copies == 2)
                throw new StorageException(StorageFailure.Unavailable, "the process ends here");
        }

        if (applied) _parts.Journal.AfterCommit = Break;
        else _parts.Journal.BeforeCommit = Break;
        await _desk.OrderAsync(new ReplayRequest { States = ["Delivered"], From = DateTimeOffset.UnixEpoch });
        await _world.DriveAsync(() => copies == 2, "the break");
        (_parts.Journal.AfterCommit, _parts.Journal.BeforeCommit) = (null, null);

        _world = await RestartAsync(Number);
        var desk = new ReplayDesk(_world);
        await _world.StartAsync();
        _world.StartReplays();
        await desk.DoneAsync();

        foreach (var id in (string[])["a", "b", "c"])
            Assert.Equal([0, 1], (await desk.DeliveriesAsync(Identity(id))).Select(row => row.Replay));
        Assert.Equal(3, (await desk.SummaryAsync()).Copied);
    }

    [Fact]
    public async Task The_delivery_shows_that_it_may_be_replayed()
    {
        await DeliverAsync("a");
        var queries = new Core.Orders.OperatorQueries(_world.Services);

        var shown = (await queries.DeliveryAsync((await _desk.DeliveriesAsync(Identity("a")))[0].DeliveryId, Never)).Value!;

        Assert.Contains(OrderKind.Replay, shown.Possible);
    }

    [Fact]
    public async Task Trouble_of_the_journal_is_told_and_the_order_goes_on_afterwards()
    {
        await new OrderDesk(_world).PutAsync("a", DeliveryState.Failed);
        await _desk.OrderAsync(new ReplayRequest { Origin = Origin });
        var fails = true;
        _world.Journal.BeforeCommit = _ =>
        {
            if (fails) throw new StorageException(StorageFailure.Full, "told to");
        };
        _world.StartReplays();
        await Waiting.UntilAsync(() => !_world.Replays.Troubles.IsEmpty, "trouble");

        fails = false;
        await _desk.DoneAsync();

        Assert.Equal(1, (await _desk.SummaryAsync()).Continued);
    }

    static void Number(System.Text.Json.Nodes.JsonNode json)
    {
        OrTo(json, "/other");
        json["destinations"]![0]!["onExists"] = "number";
    }

    /// <summary>A file that was delivered, and a copy of it, named copy, that has failed.</summary>
    async Task<DeliveryRecord> PutFailedCopyAsync(string id, ErrorEntry error)
    {
        var first = await new OrderDesk(_world).PutAsync(id, DeliveryState.Delivered);
        var copy = first with
        {
            DeliveryId = "copy",
            Replay = 1,
            State = DeliveryState.Failed,
            LastErrorCode = error.Code,
            Version = 1,
        };
        await PutAsync(copy);
        return copy;
    }

    async Task PutAsync(DeliveryRecord row)
    {
        var batch = new JournalBatch();
        batch.Deliveries.Add(row);
        await _world.Journal.CommitAsync(batch, Never);
    }

    async Task<IEnumerable<int>> NumbersAsync(string id) => (await _desk.DeliveriesAsync(Identity(id))).Select(row => row.Replay);

    async Task<CoreWorld> RestartAsync(Action<System.Text.Json.Nodes.JsonNode>? configuration)
    {
        await _world.StopAsync();
        return new CoreWorld(configuration: configuration, parts: _parts with { Seed = 9 });
    }

    async Task DeliverAsync(string id)
    {
        if (_world.Engine is null)
        {
            await _world.StartAsync();
            _world.StartReplays();
        }

        await _world.SubmitAsync(Manifest(id), File);
        await _world.DriveAsync(Identity(id), DeliveryState.Delivered);
    }

    async Task<DeliveryRecord> CopyAsync(string id, DeliveryState state)
    {
        DeliveryRecord? copy = null;
        await _world.DriveAsync(
            async () => (copy = (await _desk.DeliveriesAsync(Identity(id))).LastOrDefault(row => row.Replay > 0))?.State == state,
            $"the copy is {state}");
        return copy!;
    }

    Task TurnsAsync(int count) => Waiting.UntilAsync(() => _world.Replays.Turns.Count == count, $"{count} turns");

    /// <summary>Moves the clock when the service waits for it.</summary>
    async Task AdvanceAsync(TimeSpan by)
    {
        await Waiting.UntilAsync(() => _world.Time.Waiting > 0, "somebody waits for the clock");
        _world.Time.Advance(by);
        await Waiting.UntilAsync(() => _world.Time.Waiting > 0, "somebody waits for the clock again");
    }
}
