using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Orders;

public sealed class OrderTests : IAsyncDisposable
{
    static readonly Dictionary<OrderKind, Dictionary<DeliveryState, DeliveryState>> Allowed = new()
    {
        [OrderKind.SettleDelivered] = new() { [DeliveryState.InDoubt] = DeliveryState.Delivered },
        [OrderKind.SettleNotDelivered] = new() { [DeliveryState.InDoubt] = DeliveryState.Waiting },
        [OrderKind.Hold] = new()
        {
            [DeliveryState.Waiting] = DeliveryState.Held,
            [DeliveryState.Sending] = DeliveryState.Held,
            [DeliveryState.InDoubt] = DeliveryState.Held,
        },
        [OrderKind.Release] = new()
        {
            [DeliveryState.Held] = DeliveryState.Waiting,
            [DeliveryState.Failed] = DeliveryState.Waiting,
        },
        [OrderKind.Cancel] = new()
        {
            [DeliveryState.Waiting] = DeliveryState.Cancelled,
            [DeliveryState.Held] = DeliveryState.Cancelled,
            [DeliveryState.Failed] = DeliveryState.Cancelled,
        },

        // Ordered as such, with a plan first (ReplayTests).
        [OrderKind.Replay] = [],
        // Only where files keep an order (InterfaceOrderTests).
        [OrderKind.Pass] = [],
        [OrderKind.PassAll] = [],
    };

    readonly CoreWorld _world = new();
    readonly OrderDesk _desk;

    public OrderTests() => _desk = new OrderDesk(_world);

    public static TheoryData<OrderKind, DeliveryState> Pairs()
    {
        TheoryData<OrderKind, DeliveryState> pairs = [];
        foreach (var order in Enum.GetValues<OrderKind>())
        {
            foreach (var state in Enum.GetValues<DeliveryState>()) pairs.Add(order, state);
        }

        return pairs;
    }

    public static TheoryData<OrderKind, DeliveryState> Possible()
    {
        TheoryData<OrderKind, DeliveryState> pairs = [];
        foreach (var (order, states) in Allowed)
        {
            foreach (var state in states.Keys) pairs.Add(order, state);
        }

        return pairs;
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task An_order_is_carried_out_in_the_states_that_allow_it_and_refused_in_all_others(OrderKind order, DeliveryState state)
    {
        var before = await _desk.PutAsync("a", state);
        var trace = await _desk.TraceAsync(before);

        var given = await _desk.GiveAsync(order, before.DeliveryId);

        Assert.Equal(Allowed[order].ContainsKey(state), given.Succeeded);
        var configuration = _world.Services.Configuration.Current.Configuration;
        Assert.Equal(given.Succeeded, OrderRules.Possible(before, null, configuration).Contains(order));
        if (given.Succeeded)
        {
            Assert.Equal(Allowed[order][state], (await _world.DeliveryAsync(Identity("a"))).State);
            Assert.Equal(($"{state}", $"{Allowed[order][state]}"), (given.Value.From, given.Value.Delivery.State));
        }
        else
        {
            Assert.Equal("LG-7003", given.Refusal.Code);
            Assert.Equal(trace, await _desk.TraceAsync(before));
        }
    }

    [Theory]
    [MemberData(nameof(Possible))]
    public async Task A_dry_run_answers_what_would_happen_and_writes_nothing(OrderKind order, DeliveryState state)
    {
        var before = await _desk.PutAsync("a", state);
        var trace = await _desk.TraceAsync(before);
        _world.Journal.BeforeCommit = _ => throw new InvalidOperationException("a dry run commits");

        var dry = (await _desk.GiveAsync(order, before.DeliveryId, dryRun: true)).Value!;

        _world.Journal.BeforeCommit = null;
        Assert.True(dry.DryRun);
        Assert.Equal($"{Allowed[order][state]}", dry.Delivery.State);
        Assert.Equal(trace, await _desk.TraceAsync(before));
        var real = (await _desk.GiveAsync(order, before.DeliveryId)).Value!;
        Assert.Equal((dry.From, dry.Delivery.State, dry.Delivery.ReasonText), (real.From, real.Delivery.State, real.Delivery.ReasonText));
    }

    [Theory]
    [MemberData(nameof(Possible))]
    public async Task Who_when_and_why_are_in_the_commit_that_has_the_effect(OrderKind order, DeliveryState state)
    {
        var before = await _desk.PutAsync("a", state);
        var commits = new List<JournalBatch>();
        _world.Journal.BeforeCommit = commits.Add;

        await _desk.GiveAsync(order, before.DeliveryId);

        var batch = Assert.Single(commits);
        Assert.Equal(before.DeliveryId, Assert.Single(batch.Deliveries).DeliveryId);
        Assert.Contains(WorldConfiguration.Operator, batch.Events[0].Detail, StringComparison.Ordinal);
        Assert.Contains(OrderDesk.Reason, batch.Events[0].Detail, StringComparison.Ordinal);
        var entry = Assert.Single(await _world.Journal.OrdersOfAsync(before.DeliveryId, Never));
        Assert.Equal((WorldConfiguration.Operator, OrderDesk.Reason, order), (entry.Operator, entry.Reason, entry.Order));
        Assert.Equal((_world.Services.Now, state, Allowed[order][state]), (entry.At, entry.From, entry.To));
    }

    [Theory]
    [MemberData(nameof(Possible))]
    public async Task A_crash_leaves_order_and_effect_or_neither(OrderKind order, DeliveryState state)
    {
        var before = await _desk.PutAsync("a", state);
        var trace = await _desk.TraceAsync(before);

        _world.Journal.BeforeCommit = _ => throw new StorageException(StorageFailure.Full, "told to");
        Assert.Equal("LG-5002", (await _desk.GiveAsync(order, before.DeliveryId)).Refusal?.Code);
        _world.Journal.BeforeCommit = null;
        Assert.Equal(trace, await _desk.TraceAsync(before));

        _world.Journal.AfterCommit = _ => throw new StorageException(StorageFailure.Full, "told to");
        Assert.Equal("LG-5002", (await _desk.GiveAsync(order, before.DeliveryId)).Refusal?.Code);
        _world.Journal.AfterCommit = null;
        Assert.Single(await _world.Journal.OrdersOfAsync(before.DeliveryId, Never));
        Assert.Equal(Allowed[order][state], (await _world.DeliveryAsync(Identity("a"))).State);
    }

    [Theory]
    [InlineData(null, "LG-1002")]
    [InlineData(" \t", "LG-1002")]
    [InlineData("two\nlines", "LG-1003")]
    public async Task An_order_needs_a_reason(string? reason, string code)
    {
        var before = await _desk.PutAsync("a", DeliveryState.Held);

        Assert.Equal(code, (await _desk.GiveAsync(OrderKind.Release, before.DeliveryId, reason: reason)).Refusal?.Code);
        Assert.Equal(code, (await _desk.GiveAsync(OrderKind.Release, before.DeliveryId, dryRun: true, reason)).Refusal?.Code);
    }

    [Fact]
    public async Task A_reason_has_a_longest_length()
    {
        var before = await _desk.PutAsync("a", DeliveryState.Held);
        var longest = new string('x', OperatorOrders.MaxReason);

        Assert.Equal("LG-1003", (await _desk.GiveAsync(OrderKind.Release, before.DeliveryId, reason: longest + "x")).Refusal?.Code);
        Assert.True((await _desk.GiveAsync(OrderKind.Release, before.DeliveryId, reason: longest)).Succeeded);
    }

    [Fact]
    public async Task An_order_about_no_delivery_is_refused() =>
        Assert.Equal(ErrorCatalogue.NoSuchDelivery, (await _desk.GiveAsync(OrderKind.Hold, "none")).Refusal?.Error);

    [Fact]
    public async Task What_moves_while_it_is_ordered_about_is_looked_at_again()
    {
        var before = await _desk.PutAsync("a", DeliveryState.InDoubt);
        var moved = false;
        _world.Journal.BeforeCommit = batch =>
        {
            if (moved) return;
            moved = true;
            var other = new JournalBatch();
            other.Deliveries.Add(before with { State = DeliveryState.HandedOver, Version = before.Version + 1 });
            _world.Journal.CommitAsync(other, Never).AsTask().Wait();
        };

        var given = await _desk.GiveAsync(OrderKind.SettleNotDelivered, before.DeliveryId);

        Assert.Equal("LG-7003", given.Refusal?.Code);
        Assert.Equal(DeliveryState.HandedOver, (await _world.DeliveryAsync(Identity("a"))).State);
        Assert.Empty(await _world.Journal.OrdersAsync(null, 10, Never));
    }

    [Fact]
    public async Task What_is_settled_as_delivered_has_an_operators_word_and_no_receipt()
    {
        var before = await _desk.PutAsync("a", DeliveryState.InDoubt, delivery => delivery with { Doubts = ["folder"] });
        var receipts = (await _world.Journal.ReceiptsAsync(Identity("a"), Never)).Count;

        await _desk.GiveAsync(OrderKind.SettleDelivered, before.DeliveryId);

        var after = await _world.DeliveryAsync(Identity("a"));
        Assert.Equal(receipts, (await _world.Journal.ReceiptsAsync(Identity("a"), Never)).Count);
        Assert.Equal("LG-7005", after.LastErrorCode);
        Assert.Contains(OrderDesk.Reason, after.LastErrorText, StringComparison.Ordinal);
        Assert.Equal((null, 0), (after.NextAttemptAt, after.Doubts.Count));
    }

    [Fact]
    public async Task What_is_settled_as_not_delivered_is_due_at_once_without_doubts_and_with_all_its_tries()
    {
        var before = await _desk.PutAsync("a", DeliveryState.InDoubt, delivery => delivery with { Doubts = ["folder", "other"] });

        await _desk.GiveAsync(OrderKind.SettleNotDelivered, before.DeliveryId);

        var after = await _world.DeliveryAsync(Identity("a"));
        Assert.Equal((_world.Services.Now, 0, 0), (after.NextAttemptAt, after.Attempts, after.Doubts.Count));
    }

    [Theory]
    [InlineData(DeliveryState.Held)]
    [InlineData(DeliveryState.Failed)]
    public async Task A_doubt_that_was_left_behind_can_be_settled(DeliveryState state)
    {
        var one = await _desk.PutAsync("a", state, delivery => delivery with { Doubts = ["folder"] });
        var other = await _desk.PutAsync("b", state, delivery => delivery with { Doubts = ["folder"] });

        Assert.Equal("Delivered", (await _desk.GiveAsync(OrderKind.SettleDelivered, one.DeliveryId)).Value?.Delivery.State);
        Assert.Equal("Waiting", (await _desk.GiveAsync(OrderKind.SettleNotDelivered, other.DeliveryId)).Value?.Delivery.State);
        Assert.Empty((await _world.DeliveryAsync(Identity("b"))).Doubts);
    }

    static DeliveryRecord Stranded(DeliveryRecord delivery) => delivery with
    {
        Folder = "/gone",
        PublishedName = "houses.csv",
        LastErrorCode = ErrorCatalogue.StorageTrouble.Code,
    };

    [Fact]
    public async Task A_publication_whose_folder_is_gone_for_good_can_be_settled_either_way()
    {
        var one = await _desk.PutAsync("a", DeliveryState.Publishing, Stranded);
        var other = await _desk.PutAsync("b", DeliveryState.Publishing, Stranded);

        Assert.Equal("Delivered", (await _desk.GiveAsync(OrderKind.SettleDelivered, one.DeliveryId)).Value?.Delivery.State);
        Assert.Equal("Waiting", (await _desk.GiveAsync(OrderKind.SettleNotDelivered, other.DeliveryId)).Value?.Delivery.State);

        var again = await _world.DeliveryAsync(Identity("b"));
        Assert.Equal((null, null, _world.Services.Now), (again.Folder, again.PublishedName, again.NextAttemptAt));
    }

    public static TheoryData<string, Func<DeliveryRecord, DeliveryRecord>> NotStranded => new()
    {
        { "under way", delivery => Stranded(delivery) with { LeaseOwner = "gw" } },
        { "never failed", delivery => Stranded(delivery) with { LastErrorCode = null } },
        { "in its folder", delivery => Stranded(delivery) with { Folder = WorldConfiguration.Folder } },
    };

    [Theory]
    [MemberData(nameof(NotStranded))]
    public async Task A_publication_that_can_end_is_nobodys_to_settle(string why, Func<DeliveryRecord, DeliveryRecord> with)
    {
        var delivery = await _desk.PutAsync("a", DeliveryState.Publishing, with);

        var given = await _desk.GiveAsync(OrderKind.SettleDelivered, delivery.DeliveryId);

        Assert.True(given.Refusal?.Code == "LG-7003", why);
    }

    [Fact]
    public async Task A_member_of_a_set_whose_folder_is_gone_is_settled_as_delivered_only()
    {
        var delivery = await _desk.PutAsync("a", DeliveryState.Publishing, member => Stranded(member) with { SetKey = "set" });

        Assert.Equal("LG-7003", (await _desk.GiveAsync(OrderKind.SettleNotDelivered, delivery.DeliveryId)).Refusal?.Code);
        Assert.Equal("Delivered", (await _desk.GiveAsync(OrderKind.SettleDelivered, delivery.DeliveryId)).Value?.Delivery.State);
    }

    [Fact]
    public async Task What_is_withdrawn_already_can_be_settled_and_nothing_else()
    {
        static DeliveryRecord Withdrawn(DeliveryRecord delivery) => delivery with { Intention = DeliveryIntention.Withdraw };
        var one = await _desk.PutAsync("a", DeliveryState.InDoubt, Withdrawn);
        var other = await _desk.PutAsync("b", DeliveryState.InDoubt, Withdrawn);

        foreach (var order in new[] { OrderKind.Hold, OrderKind.Release, OrderKind.Cancel })
            Assert.Equal("LG-7003", (await _desk.GiveAsync(order, one.DeliveryId)).Refusal?.Code);
        await _desk.GiveAsync(OrderKind.SettleDelivered, one.DeliveryId);
        await _desk.GiveAsync(OrderKind.SettleNotDelivered, other.DeliveryId);

        Assert.Equal(DeliveryState.Delivered, (await _world.DeliveryAsync(Identity("a"))).State);
        Assert.Equal(DeliveryState.Cancelled, (await _world.DeliveryAsync(Identity("b"))).State);
        Assert.Equal(TransferState.Cancelled, (await _world.RowAsync(Identity("b"))).State);
        Assert.All(
            [await _world.DeliveryAsync(Identity("a")), await _world.DeliveryAsync(Identity("b"))],
            delivery => Assert.Equal(DeliveryIntention.None, delivery.Intention));
    }

    [Fact]
    public async Task Holding_and_releasing_settle_no_doubt()
    {
        var before = await _desk.PutAsync("a", DeliveryState.InDoubt);

        await _desk.GiveAsync(OrderKind.Hold, before.DeliveryId);
        Assert.Equal([before.DestinationId], (await _world.DeliveryAsync(Identity("a"))).Doubts);
        await _desk.GiveAsync(OrderKind.Release, before.DeliveryId);

        Assert.Equal([before.DestinationId], (await _world.DeliveryAsync(Identity("a"))).Doubts);
    }

    [Fact]
    public async Task The_last_delivery_that_is_cancelled_takes_its_transfer_with_it()
    {
        var manifest = Manifest("a") with { Receivers = [WorldConfiguration.Receiver, WorldConfiguration.OtherReceiver] };
        await _world.SubmitAsync(manifest, Bytes(10));
        var deliveries = await _world.Journal.DeliveriesAsync(Identity("a"), Never);

        await _desk.GiveAsync(OrderKind.Cancel, deliveries[0].DeliveryId);
        Assert.Equal(TransferState.Accepted, (await _world.RowAsync(Identity("a"))).State);
        await _desk.GiveAsync(OrderKind.Cancel, deliveries[1].DeliveryId);

        Assert.Equal(TransferState.Cancelled, (await _world.RowAsync(Identity("a"))).State);
    }
}
