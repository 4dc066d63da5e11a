using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Retention;

public sealed class RetentionTests : IAsyncDisposable
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    static readonly byte[] File = Bytes(2 * ChunkSize);

    readonly CoreWorld _world = new();

    public static TheoryData<DeliveryState> NotOver() =>
    [
        DeliveryState.Waiting, DeliveryState.Held, DeliveryState.Sending, DeliveryState.InDoubt, DeliveryState.HandedOver,
        DeliveryState.Publishing,
    ];

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_payload_is_kept_for_the_retention_after_its_delivery_and_then_removed()
    {
        await DeliverAsync("a");
        _world.Time.Advance((7 * Day) - Moment);
        await TurnAsync();
        Assert.Equal(File, await _world.StoredAsync(Identity("a")));

        _world.Time.Advance(Moment);
        await TurnAsync();

        Assert.Empty(_world.Spool.Paths);
        var row = await _world.RowAsync(Identity("a"));
        Assert.Equal((null, _world.Services.Now), (row.PayloadDueAt, row.PayloadRemovedAt));
        Assert.Equal($"7.00:00:00 after the delivery to {Receiver}", row.PayloadRule);
    }

    [Fact]
    public async Task The_journal_says_who_removed_a_payload_when_and_by_which_rule()
    {
        await DeliverAsync("a");
        _world.Time.Advance(7 * Day);
        await TurnAsync();

        var entry = (await _world.Journal.EventsAsync(Identity("a"), Never))[^1];
        var digest = (await _world.RowAsync(Identity("a"))).Sha256;

        Assert.Equal(_world.Services.Now, entry.At);
        Assert.Equal(
            $"payload removed by gw-a, 7.00:00:00 after the delivery to {Receiver}: {File.Length} bytes, SHA-256 {digest}",
            entry.Detail);
        Assert.Equal(Identity("a"), Assert.Single(_world.Removals.Removed).Identity);
    }

    [Fact]
    public async Task A_route_may_state_its_own_retention()
    {
        _world.Reload(json => json["routes"]![0]!["retention"] = "1.00:00:00");
        await DeliverAsync("a");

        _world.Time.Advance(Day - Moment);
        await TurnAsync();
        Assert.NotEmpty(_world.Spool.Paths);
        _world.Time.Advance(Moment);
        await TurnAsync();
        Assert.Empty(_world.Spool.Paths);
    }

    [Theory]
    [MemberData(nameof(NotOver))]
    public async Task What_is_not_over_is_kept_however_long_it_takes(DeliveryState state)
    {
        await PutAsync("a", state);
        for (var month = 0; month < 24; month++)
        {
            _world.Time.Advance(30 * Day);
            await TurnAsync();
        }

        Assert.Equal(File, await _world.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task What_was_given_up_in_doubt_is_kept_until_an_operator_settles_it()
    {
        var delivery = await PutAsync("a", DeliveryState.Failed, row => row with { Doubts = ["elsewhere"] });
        _world.Time.Advance(100 * Day);
        await TurnAsync();
        Assert.NotEmpty(_world.Spool.Paths);

        Assert.True((await new OrderDesk(_world).GiveAsync(OrderKind.SettleDelivered, delivery.DeliveryId)).Succeeded);
        _world.Time.Advance((7 * Day) - Moment);
        await TurnAsync();
        Assert.NotEmpty(_world.Spool.Paths);
        _world.Time.Advance(Moment + Day);
        await TurnAsync();
        Assert.Empty(_world.Spool.Paths);
    }

    [Theory]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.ReceiverRejected)]
    public async Task What_did_not_come_to_its_receiver_is_kept_longer_than_what_did(DeliveryState state)
    {
        await PutAsync("a", state);
        _world.Time.Advance((30 * Day) - Moment);
        await TurnAsync();
        Assert.Equal(File, await _world.StoredAsync(Identity("a")));

        _world.Time.Advance(Moment);
        await TurnAsync();

        Assert.Empty(_world.Spool.Paths);
        Assert.Equal($"30.00:00:00 after {state} for {Receiver}", (await _world.RowAsync(Identity("a"))).PayloadRule);
    }

    [Fact]
    public async Task A_failed_delivery_can_be_released_as_long_as_its_payload_is_kept_and_not_after()
    {
        var (desk, failed) = (new OrderDesk(_world), await PutAsync("a", DeliveryState.Failed));
        _world.Time.Advance((30 * Day) - Moment);
        await TurnAsync();
        Assert.True((await desk.GiveAsync(OrderKind.Release, failed.DeliveryId, dryRun: true)).Succeeded);

        _world.Time.Advance(Moment);
        await TurnAsync();

        var refused = await desk.GiveAsync(OrderKind.Release, failed.DeliveryId);
        Assert.Equal(ErrorCatalogue.OrderImpossible.Code, refused.Refusal?.Code);
        Assert.Contains("its payload was removed at", $"{refused.Refusal}", StringComparison.Ordinal);
        Assert.DoesNotContain(OrderKind.Release, (await DetailsAsync(failed)).Possible);
    }

    [Fact]
    public async Task A_failed_delivery_that_was_released_and_delivered_is_kept_as_a_delivered_one()
    {
        var failed = await PutAsync("a", DeliveryState.Failed);
        _world.Time.Advance(7 * Day);
        await TurnAsync();
        Assert.True((await new OrderDesk(_world).GiveAsync(OrderKind.Release, failed.DeliveryId)).Succeeded);
        await _world.StartAsync();
        await _world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        for (var day = 0; day <= 7; day++)
        {
            _world.Time.Advance(Day);
            await TurnAsync();
        }

        Assert.Empty(_world.Spool.Paths);
    }

    [Fact]
    public async Task What_is_cancelled_after_acceptance_goes_at_once()
    {
        await _world.SubmitAsync(Manifest("a", File), File);
        await _world.CancelAsync("a");
        await TurnAsync();

        Assert.Empty(_world.Spool.Paths);
        Assert.Equal($"cancelled for {Receiver}", (await _world.RowAsync(Identity("a"))).PayloadRule);
    }

    [Fact]
    public async Task Of_several_receivers_the_one_that_is_served_last_decides()
    {
        _world.Reload(json =>
        {
            json["routes"]![1]!["retention"] = "20.00:00:00";
            json["destinations"]![0]!["nameTemplate"] = "{receiver}-{fileName}";
        });
        await _world.SubmitAsync(Manifest("a", File) with { Receivers = [Receiver, OtherReceiver] }, File);
        await _world.StartAsync();
        await Waiting.UntilAsync(
            async () => (await _world.Journal.DeliveriesAsync(Identity("a"), Never)).All(row => row.State == DeliveryState.Delivered),
            () => "both deliveries");

        _world.Time.Advance((20 * Day) - Moment);
        await TurnAsync();
        Assert.NotEmpty(_world.Spool.Paths);
        _world.Time.Advance(Moment);
        await TurnAsync();
        Assert.Empty(_world.Spool.Paths);
    }

    [Fact]
    public async Task What_the_receiver_says_later_does_not_begin_the_time_anew()
    {
        await DeliverAsync("a");
        _world.Time.Advance(6 * Day);
        var delivery = await _world.DeliveryAsync(Identity("a"));
        var applied = await _world.Transfers.ConfirmReceiptAsync(
            Receiver, new ConfirmReceiptRequest { DeliveryId = delivery.DeliveryId, Stage = ConfirmStages.Applied }, Never);
        Assert.True(applied.Succeeded, $"{applied.Refusal}");

        _world.Time.Advance(Day);
        await TurnAsync();

        Assert.Empty(_world.Spool.Paths);
    }

    [Fact]
    public async Task In_an_inbox_a_payload_lies_until_it_is_confirmed_and_its_retention_is_over()
    {
        await using var world = await InboxWorld.StartAsync();
        var offered = await world.OfferAsync("a", File);
        world.Time.Advance(50 * Day);
        await TurnAsync(world);
        var fetched = await world.FetchAsync(offered.DeliveryId, length: File.Length);
        Assert.True(fetched.Succeeded, $"{fetched.Refusal}");
        await using var content = fetched.Value;
        var confirmed = await world.Transfers.ConfirmReceiptAsync(
            Receiver,
            new ConfirmReceiptRequest { DeliveryId = offered.DeliveryId, Stage = ConfirmStages.Stored, Lease = content.Result.Lease },
            Never);
        Assert.True(confirmed.Succeeded, $"{confirmed.Refusal}");

        world.Time.Advance((7 * Day) - Moment);
        await TurnAsync(world);
        Assert.NotEmpty(world.Spool.Paths);
        world.Time.Advance(Moment + Day);
        await TurnAsync(world);
        Assert.Empty(world.Spool.Paths);
    }

    [Fact]
    public async Task A_shorter_retention_makes_room_at_once()
    {
        for (var number = 0; number < 120; number++) await DeliverAsync($"t{number:000}");
        await TurnAsync();
        _world.Time.Advance(Day);
        _world.Reload(json => json["retention"] = new JsonObject { ["delivered"] = "12:00:00" });

        await TurnAsync();

        Assert.Empty(_world.Spool.Paths);
    }

    [Fact]
    public async Task The_bytes_of_a_small_payload_go_from_the_journal()
    {
        var small = Bytes(InlineBytes);
        await _world.SubmitAsync(Manifest("a", small), small);
        await _world.StartAsync();
        await _world.UntilAsync(Identity("a"), DeliveryState.Delivered);
        _world.Time.Advance(7 * Day);
        await TurnAsync();

        var row = await _world.RowAsync(Identity("a"));

        Assert.NotNull(row.PayloadRemovedAt);
        Assert.Null(await _world.Journal.InlinePayloadAsync(row.PayloadId, Never));
    }

    [Fact]
    public async Task A_transfer_without_its_payload_still_answers_and_is_still_known_when_it_is_sent_again()
    {
        var first = await DeliverAsync("a");
        _world.Time.Advance(7 * Day);
        await TurnAsync();

        var status = await _world.StatusAsync("a");
        var again = await _world.SubmitAsync(Manifest("a", File), File);
        var chunk = await _world.PutAsync("a", 1, 1, File);

        Assert.Equal(("Accepted", File.Length, "Delivered"), (status.State, status.Size, Assert.Single(status.Deliveries).State));
        Assert.Equal(first.Receipt!.ReceiptId, again.Value?.Receipt?.ReceiptId);
        Assert.True(chunk.Value?.AlreadyHeld, $"{chunk.Refusal}");
        Assert.Empty(_world.Spool.Paths);
    }

    [Fact]
    public async Task An_operator_sees_until_when_a_payload_is_kept_and_why_and_when_it_was_removed()
    {
        var pending = await PutAsync("pending", DeliveryState.Held);
        await DeliverAsync("a");
        var deliveredAt = (await _world.Journal.EventsAsync(Identity("a"), Never))[^1].At;
        var delivery = await _world.DeliveryAsync(Identity("a"));

        var held = (await DetailsAsync(pending)).Transfer;
        var kept = (await DetailsAsync(delivery)).Transfer;
        _world.Time.Advance(7 * Day);
        await TurnAsync();
        var removed = (await DetailsAsync(delivery)).Transfer;

        Assert.Equal((null, null, $"the delivery to {Receiver} is Held"), (held.PayloadKeptUntil, held.PayloadRemovedAt, held.PayloadRule));
        Assert.Equal((deliveredAt + (7 * Day), null), (kept.PayloadKeptUntil, kept.PayloadRemovedAt));
        Assert.Equal((null, _world.Services.Now), (removed.PayloadKeptUntil, removed.PayloadRemovedAt));
        Assert.Equal(kept.PayloadRule, removed.PayloadRule);
    }

    [Fact]
    public async Task A_crash_between_journal_and_store_leaves_bytes_that_nobody_claims_and_the_next_start_removes()
    {
        await DeliverAsync("a");
        _world.Time.Advance(7 * Day);
        _world.Store.BeforeDelete = _ => throw new StorageException(StorageFailure.Unavailable, "the store is away");
        await Assert.ThrowsAsync<StorageException>(() => TurnAsync());
        Assert.NotNull((await _world.RowAsync(Identity("a"))).PayloadRemovedAt);
        Assert.NotEmpty(_world.Spool.Paths);
        Assert.Single(_world.Removals.Troubles);

        await using var next = new CoreWorld(parts: new WorldParts { Time = _world.Time, Journal = _world.Journal, Spool = _world.Spool });
        Assert.Equal(1, await next.Retention.ClearSpoolAsync(Never));
        Assert.Empty(_world.Spool.Paths);
    }

    [Fact]
    public async Task A_crash_before_the_journal_has_it_leaves_the_payload_whole()
    {
        await DeliverAsync("a");
        _world.Time.Advance(7 * Day);
        _world.Journal.BeforeCommit = batch =>
        {
            if (batch.EmptiedPayloads.Count > 0) throw new StorageException(StorageFailure.Unavailable, "the journal is away");
        };
        await Assert.ThrowsAsync<StorageException>(() => TurnAsync());
        Assert.Equal(File, await _world.StoredAsync(Identity("a")));

        _world.Journal.BeforeCommit = null;
        await TurnAsync();
        Assert.Empty(_world.Spool.Paths);
    }

    [Fact]
    public async Task A_payload_that_the_journal_never_heard_of_is_left_alone_for_its_time()
    {
        await _world.SubmitAsync(Manifest("a", File), File);
        await _world.Store.CreateAsync(new string('0', 32), 10, Never);
        Assert.Equal(0, await _world.Retention.ClearSpoolAsync(Never));

        // Also where files bring old times along: it counts from when it was found.
        _world.Time.Advance((7 * Day) - Moment);
        Assert.Equal(0, await _world.Retention.ClearSpoolAsync(Never));
        _world.Time.Advance(Moment);
        Assert.Equal(1, await _world.Retention.ClearSpoolAsync(Never));
        Assert.Equal(File, await _world.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task After_five_years_a_transfer_is_forgotten_with_its_receipts_and_a_pending_one_is_not()
    {
        await DeliverAsync("a");

        // Its timers would fire millions of times.
        await _world.StopAsync();
        await PutAsync("pending", DeliveryState.Held);
        _world.Time.Advance(TimeSpan.FromDays(1826) - Moment);
        await TurnAsync();
        Assert.NotEmpty(await _world.Journal.ReceiptsAsync(Identity("a"), Never));
        Assert.Equal("Delivered", Assert.Single((await _world.StatusAsync("a")).Deliveries).State);

        _world.Time.Advance(TimeSpan.FromHours(1));
        await TurnAsync();

        Assert.Null(await _world.Journal.FindTransferAsync(Identity("a"), Never));
        Assert.Empty(await _world.Journal.ReceiptsAsync(Identity("a"), Never));
        Assert.Equal(1, _world.Removals.ForgottenTransfers);
        Assert.Equal(File, await _world.StoredAsync(Identity("pending")));
    }

    [Fact]
    public async Task Too_little_room_is_warned_of_once_and_its_end_is_told()
    {
        using var stop = new CancellationTokenSource();
        _world.Reload(json => json["retention"] = new JsonObject { ["freeSpaceReserve"] = 1000 });
        _world.Disk.Free = 999;
        var running = _world.Begin(() => _world.Retention.RunAsync(stop.Token));
        await _world.DriveAsync(() => _world.Removals.Space.Count == 1, "a warning");
        for (var minute = 0; minute < 5; minute++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await _world.RestAsync();
        }

        _world.Disk.Free = 1000;
        await _world.DriveAsync(() => _world.Removals.Space.Count > 1, "the end");

        Assert.Equal(["short 999 < 1000", "enough 1000 >= 1000"], _world.Removals.Space);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task An_operator_sees_what_is_kept_what_goes_and_what_is_free()
    {
        var queries = new SpaceQueries(_world.Services, _world.Disk);
        await PutAsync("pending", DeliveryState.Held);
        await DeliverAsync("a");
        _world.Disk.Free = 5;
        var before = (await queries.SpaceAsync(Never)).Value!;
        _world.Time.Advance(6 * Day);
        var after = (await queries.SpaceAsync(Never)).Value!;

        Assert.Equal((2, 2 * File.Length, 0), (before.KeptPayloads, before.KeptBytes, before.BytesGoingWithin24Hours));
        Assert.Equal((2, 2 * File.Length, File.Length), (after.KeptPayloads, after.KeptBytes, after.BytesGoingWithin24Hours));
        Assert.Equal((5, 10L << 30), (after.FreeBytes, after.ReserveBytes));
    }

    Task TurnAsync() => TurnAsync(_world);

    /// <summary>Lets retention do all that is due now.</summary>
    static async Task TurnAsync(CoreWorld world)
    {
        while (await world.Retention.StepAsync(Never) <= TimeSpan.FromMilliseconds(100))
        {
            // There is more.
        }
    }

    async Task<AcceptResult> DeliverAsync(string transferId)
    {
        if (_world.Engine is null) await _world.StartAsync();
        var accepted = await _world.SubmitAsync(Manifest(transferId, File), File, chunkSize: ChunkSize);
        Assert.True(accepted.Succeeded, $"{accepted.Refusal}");
        await _world.UntilAsync(Identity(transferId), DeliveryState.Delivered);
        return accepted.Value;
    }

    /// <summary>A transfer whose delivery is in a state, whatever would have led there.</summary>
    async Task<DeliveryRecord> PutAsync(string transferId, DeliveryState state, Func<DeliveryRecord, DeliveryRecord>? with = null)
    {
        Assert.True((await _world.SubmitAsync(Manifest(transferId, File), File)).Succeeded);
        var delivery = await _world.DeliveryAsync(Identity(transferId));
        var put = delivery with { State = state, NextAttemptAt = null, Version = delivery.Version + 1 };
        var batch = new JournalBatch();
        batch.Deliveries.Add(with?.Invoke(put) ?? put);
        await _world.Journal.CommitAsync(batch, Never);
        return batch.Deliveries[0];
    }

    async Task<DeliveryDetails> DetailsAsync(DeliveryRecord delivery) =>
        (await new OperatorQueries(_world.Services).DeliveryAsync(delivery.DeliveryId, Never)).Value!;
}
