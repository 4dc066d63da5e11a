using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <content>What the queries over many rows answer.</content>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Receipts_since_a_sequence_are_seen_by_origin_and_submitter_only()
    {
        var foreign = Receipt("r2", "t2");
        foreign = foreign with { Transfer = foreign.Transfer with { Origin = "other" }, SubmittedBy = "gateway-a" };
        await CommitAsync(b => { b.Receipts.Add(Receipt("r1", "t1")); b.Receipts.Add(foreign); b.Receipts.Add(Receipt("r3", "t3")); });

        Assert.Equal(["r1", "r3"], await ReceiptIdsAsync("142051-kaoku", 0, 10));
        Assert.Equal(["r1", "r2", "r3"], await ReceiptIdsAsync("gateway-a", 0, 10));
        Assert.Equal(["r2"], await ReceiptIdsAsync("other", 0, 10));
        Assert.Empty(await ReceiptIdsAsync("stranger", 0, 10));
        Assert.Equal(["r1", "r2"], await ReceiptIdsAsync("gateway-a", 0, 2));
        Assert.Equal(["r3"], await ReceiptIdsAsync("gateway-a", 2, 10));
        Assert.Empty(await ReceiptIdsAsync("gateway-a", 3, 10));
    }

    [Fact]
    public async Task Due_are_deliveries_that_wait_for_the_clock_and_that_nobody_holds()
    {
        await CommitAsync(b =>
        {
            var number = 0;
            foreach (var state in Enum.GetValues<DeliveryState>()) b.Deliveries.Add(Delivery(++number, "states") with { State = state });
            b.Deliveries.Add(Delivery(20, "t") with { NextAttemptAt = Night.AddTicks(1) });
            b.Deliveries.Add(Delivery(21, "t") with { NextAttemptAt = null });
            b.Deliveries.Add(Delivery(22, "t") with { LeaseOwner = "w", LeaseUntil = Night.AddTicks(1) });
            b.Deliveries.Add(Delivery(23, "t") with { LeaseOwner = "w", LeaseUntil = Night });
            b.Deliveries.Add(Delivery(24, "t") with { NextAttemptAt = Night.AddHours(-1).ToOffset(TimeSpan.Zero) });
        });
        var states = Enum.GetValues<DeliveryState>()
            .Select((state, i) => (state, Id: Id(i + 1)))
            .Where(s => s.state is DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Publishing or DeliveryState.InDoubt
                or DeliveryState.HandedOver or DeliveryState.Held)
            .Select(s => s.Id);

        Assert.Equal([Id(24), .. states, Id(23)], await DueAsync(Night, 100));
        Assert.Equal([Id(24)], await DueAsync(Night.ToOffset(TimeSpan.FromHours(-5)), 1));
        Assert.Equal([Id(24)], await DueAsync(Night.AddTicks(-1), 100));
    }

    [Fact]
    public async Task Due_jobs_are_those_of_deliveries_that_have_ended_and_have_a_next_time()
    {
        await CommitAsync(b =>
        {
            var number = 0;
            foreach (var state in Enum.GetValues<DeliveryState>()) b.Deliveries.Add(Delivery(++number, "states") with { State = state });
            b.Deliveries.Add(Delivery(20, "t") with { State = DeliveryState.Delivered, NextAttemptAt = Night.AddTicks(1) });
            b.Deliveries.Add(Delivery(21, "t") with { State = DeliveryState.Delivered, NextAttemptAt = null });
            b.Deliveries.Add(Delivery(22, "t") with { State = DeliveryState.Failed, NextAttemptAt = Night.AddHours(-1) });
        });
        var states = Enum.GetValues<DeliveryState>()
            .Select((state, i) => (state, Id: Id(i + 1)))
            .Where(s => s.state is DeliveryState.Delivered or DeliveryState.Failed or DeliveryState.ReceiverRejected)
            .Select(s => s.Id);

        Assert.Equal([Id(22), .. states], (await Journal.DueJobsAsync(Night, 100, None)).Select(d => d.DeliveryId));
        Assert.Equal([Id(22)], (await Journal.DueJobsAsync(Night, 1, None)).Select(d => d.DeliveryId));
    }

    [Fact]
    public async Task Left_in_folders_are_deliveries_that_ended_there_unpublished_and_have_no_job_to_run()
    {
        await CommitAsync(b =>
        {
            var number = 0;
            foreach (var state in Enum.GetValues<DeliveryState>())
                b.Deliveries.Add(Delivery(++number, "states") with { State = state, NextAttemptAt = null });
            b.Deliveries.Add(Delivery(20, "t") with { State = DeliveryState.Failed });
            b.Deliveries.Add(Delivery(21, "t") with { State = DeliveryState.Cancelled, NextAttemptAt = null, Folder = null });
        });
        var left = Enum.GetValues<DeliveryState>().Select((state, i) => (state, Id: Id(i + 1)))
            .Where(s => s.state is DeliveryState.Failed or DeliveryState.Cancelled)
            .Select(s => s.Id).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(left, (await Journal.LeftInFoldersAsync(100, None)).Select(d => d.DeliveryId));
        Assert.Equal(left[..1], (await Journal.LeftInFoldersAsync(1, None)).Select(d => d.DeliveryId));
    }

    [Fact]
    public async Task An_inbox_holds_what_is_offered_and_not_confirmed_in_the_order_of_offering()
    {
        await CommitAsync(b =>
        {
            var number = 0;
            foreach (var state in Enum.GetValues<DeliveryState>()) b.Deliveries.Add(Delivery(++number, "states") with { State = state });
            b.Deliveries.Add(Delivery(30, "t") with { OfferedAt = null });
            b.Deliveries.Add(Delivery(31, "t") with { OfferedAt = Night });
            b.Deliveries.Add(Delivery(32, "t") with { OfferedAt = Night, Receiver = "other" });
            b.Deliveries.Add(Delivery(33, "t") with { OfferedAt = Night.AddTicks(-1), LeaseOwner = "zei", LeaseUntil = Night.AddDays(1) });
        });
        var states = Enum.GetValues<DeliveryState>()
            .Select((state, i) => (state, Id: Id(i + 1)))
            .Where(s => s.state is DeliveryState.Waiting or DeliveryState.Sending)
            .Select(s => s.Id).ToList();

        Assert.Equal([Id(33), Id(31), .. states], await InboxAsync("142051-zei", null, 100));
        Assert.Equal([Id(33), Id(31), Id(32), .. states], await InboxAsync(null, null, 100));
        Assert.Equal([Id(32), states[0]], await InboxAsync(null, Id(31), 2));
        Assert.Equal([states[1]], await InboxAsync("142051-zei", states[0], 100));
        Assert.Equal([Id(32)], await InboxAsync("other", null, 100));

        async Task<IEnumerable<string>> InboxAsync(string? receiver, string? after, int limit)
        {
            var place = after is null ? null : await Journal.FindDeliveryAsync(after, None);
            return (await Journal.InboxAsync(receiver, place, limit, None)).Select(delivery => delivery.DeliveryId);
        }
    }

    [Fact]
    public async Task Some_of_the_chunks_can_be_asked_for()
    {
        await CommitAsync(b =>
        {
            foreach (var index in new[] { 0, 1, 2, 5 }) b.Chunks.Add((Id(1), new ChunkRecord(index, 1, Digest(index))));
        });
        Assert.Equal([1, 2], (await Journal.ChunksAsync(Id(1), 1, 4, None)).Select(chunk => chunk.Index));
        Assert.Equal([5], (await Journal.ChunksAsync(Id(1), 5, 5, None)).Select(chunk => chunk.Index));
    }

    [Fact]
    public async Task The_deliveries_of_a_file_set_are_found_together()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(1, "a") with { SetKey = "s", CreatedAt = Night.AddSeconds(1) });
            b.Deliveries.Add(Delivery(2, "b") with { SetKey = "s" });
            b.Deliveries.Add(Delivery(3, "c") with { SetKey = "other" });
            b.Deliveries.Add(Delivery(4, "d") with { SetKey = null });
        });
        Assert.Equal([Id(2), Id(1)], (await Journal.SetDeliveriesAsync("s", None)).Select(delivery => delivery.DeliveryId));
    }

    [Fact]
    public async Task Next_due_is_the_first_attempt_or_the_end_of_a_lease()
    {
        Assert.Null(await NextDueAsync(Night));
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(1, "t") with { NextAttemptAt = null });
            b.Deliveries.Add(Delivery(2, "t") with { State = DeliveryState.Failed });
        });
        Assert.Null(await NextDueAsync(Night));

        var leased = Delivery(3, "t") with { LeaseOwner = "w", LeaseUntil = Night.AddMinutes(2) };
        await CommitAsync(b => b.Deliveries.Add(leased));
        Assert.Equal(Night.AddMinutes(2), await NextDueAsync(Night));
        Assert.Null(await NextDueAsync(Night.AddMinutes(2)));

        await CommitAsync(b => b.Deliveries.Add(Delivery(4, "t") with { NextAttemptAt = Night.AddMinutes(1) }));
        Assert.Equal(Night.AddMinutes(1), await NextDueAsync(Night));
        Assert.Equal(Night.AddMinutes(2), await NextDueAsync(Night.AddMinutes(1)));

        Task<DateTimeOffset?> NextDueAsync(DateTimeOffset after) => Journal.NextDueAsync(after, None).AsTask();
    }

    [Fact]
    public async Task A_gone_workers_leases_are_released_and_what_it_still_tries_conflicts()
    {
        var held = Delivery(1, "t") with { LeaseOwner = "gone", LeaseUntil = Night.AddHours(1) };
        var other = Delivery(2, "t") with { LeaseOwner = "alive", LeaseUntil = Night.AddHours(1) };
        await CommitAsync(b => { b.Deliveries.Add(held); b.Deliveries.Add(other); });
        await Journal.ReleaseLeasesAsync("gone", None);

        Assert.Equal([Id(1)], await DueAsync(Night, 10));
        AssertSame(other, await Journal.FindDeliveryAsync(Id(2), None));
        await Assert.ThrowsAsync<JournalConflictException>(
            () => CommitAsync(b => b.Deliveries.Add(held with { Version = 2, State = DeliveryState.Delivered })));
    }

    [Fact]
    public async Task Deliveries_of_a_transfer_come_oldest_first()
    {
        await CommitAsync(b =>
        {
            b.Deliveries.Add(Delivery(9, "t"));
            b.Deliveries.Add(Delivery(5, "t"));
            b.Deliveries.Add(Delivery(3, "t") with { CreatedAt = Night.AddDays(-1) });
            b.Deliveries.Add(Delivery(4, "other"));
        });
        Assert.Equal([Id(3), Id(9), Id(5)], (await Journal.DeliveriesAsync(Identity("t"), None)).Select(d => d.DeliveryId));
    }

    [Fact]
    public async Task Expired_are_unfinished_uploads_whose_time_has_run_out()
    {
        await CommitAsync(b =>
        {
            foreach (var state in Enum.GetValues<TransferState>())
            {
                b.Transfers.Add(Transfer(state.ToString()) with { State = state, ExpiresAt = Night });
            }

            b.Transfers.Add(Transfer("later") with { ExpiresAt = Night.AddTicks(1) });
            b.Transfers.Add(Transfer("first") with { ExpiresAt = Night.AddDays(-1) });
        });
        Assert.Equal(["first", "Open", "Verifying"], await ExpiredAsync(10));
        Assert.Equal(["first"], await ExpiredAsync(1));

        async Task<IEnumerable<string>> ExpiredAsync(int limit) =>
            (await Journal.ExpiredUploadsAsync(Night, limit, None)).Select(t => t.Identity.TransferId);
    }

    [Fact]
    public async Task Unknown_are_payloads_that_no_unfinished_transfer_and_none_that_keeps_its_payload_names()
    {
        await CommitAsync(b =>
        {
            var number = 0;
            foreach (var state in Enum.GetValues<TransferState>())
            {
                b.Transfers.Add(Transfer(state.ToString()) with { State = state, PayloadId = Id(++number), PayloadDueAt = null });
            }

            b.Transfers.Add(Transfer("kept") with { State = TransferState.Accepted, PayloadId = Id(102) });
            b.Deliveries.Add(Delivery(1, "kept") with { PayloadId = Id(100) });
            b.Deliveries.Add(Delivery(2, "Rejected") with { PayloadId = Id(101) });
        });
        var asked = Enumerable.Range(1, 7).Append(100).Append(101).Append(102).Select(Id).ToList();
        var expected = Enum.GetValues<TransferState>()
            .Select((state, i) => (state, Id: Id(i + 1)))
            .Where(s => s.state is not (TransferState.Open or TransferState.Verifying))
            .Select(s => s.Id);
        Assert.Equal([.. expected, Id(7), Id(101)], await Journal.UnknownPayloadsAsync(asked, None));
    }

    [Fact]
    public async Task Events_come_oldest_first()
    {
        await CommitAsync(
            b => { b.Events.Add(Event("t", "Open")); b.Events.Add(Event("other", "Open")); b.Events.Add(Event("t", "Verifying")); },
            b => b.Events.Add(Event("t", "Accepted") with { DeliveryId = null }));
        Assert.Equal(
            [Event("t", "Open"), Event("t", "Verifying"), Event("t", "Accepted") with { DeliveryId = null }],
            await Journal.EventsAsync(Identity("t"), None));
    }

    [Fact]
    public async Task Lanes_tell_apart_where_deliveries_go_of_whom_they_are_and_whether_they_are_still_to_be_sent()
    {
        var plain = Delivery(1, "t") with { Intention = DeliveryIntention.None };
        DeliveryRecord[] others =
        [
            plain with { DeliveryId = Id(2), DestinationId = "other" },
            plain with { DeliveryId = Id(3), Transfer = plain.Transfer with { Origin = "other" } },
            plain with { DeliveryId = Id(4), InterfaceId = "other" },
            plain with { DeliveryId = Id(5), Receiver = "other" },
            plain with { DeliveryId = Id(6), State = DeliveryState.HandedOver },
        ];
        await CommitAsync(b =>
        {
            b.Deliveries.Add(plain with { NextAttemptAt = Night.AddMinutes(-1) });
            b.Deliveries.Add(plain with { DeliveryId = Id(7), LeaseOwner = "w", LeaseUntil = Night.AddDays(1) });
            b.Deliveries.Add(plain with { DeliveryId = Id(8), Receiver = "later", NextAttemptAt = Night.AddTicks(1) });
            foreach (var other in others) b.Deliveries.Add(other);
        });

        var heads = await Journal.DueLanesAsync(Night, None);

        Assert.Equal(
            others.Select(other => new LaneHead(other.Lane, Night)).Append(new LaneHead(plain.Lane, Night.AddMinutes(-1))).ToHashSet(),
            heads.ToHashSet());
        Assert.Equal(others.Length + 1, heads.Count);
        Assert.Equal([Id(1)], (await Journal.DueDeliveriesAsync(plain.Lane, Night, 10, None)).Select(d => d.DeliveryId));
    }

    [Fact]
    public async Task A_delivery_changes_its_lane_with_what_is_to_be_done_about_it()
    {
        var waiting = Delivery(1, "t") with { Intention = DeliveryIntention.None };
        await CommitAsync(b => b.Deliveries.Add(waiting));
        Assert.True(Assert.Single(await Journal.DueLanesAsync(Night, None)).Lane.Begins);

        await CommitAsync(b => b.Deliveries.Add(waiting with { Intention = DeliveryIntention.Withdraw, Version = 2 }));
        Assert.False(Assert.Single(await Journal.DueLanesAsync(Night, None)).Lane.Begins);

        await CommitAsync(b => b.Deliveries.Add(waiting with { State = DeliveryState.Delivered, Version = 3 }));
        Assert.Empty(await Journal.DueLanesAsync(Night, None));
    }

    [Fact]
    public async Task How_much_waits_is_told_by_lanes_without_what_lies_in_inboxes()
    {
        var plain = Delivery(1, "t") with { Intention = DeliveryIntention.None, OfferedAt = null };
        await CommitAsync(b =>
        {
            b.Deliveries.Add(plain);
            b.Deliveries.Add(plain with { DeliveryId = Id(2), State = DeliveryState.InDoubt, NextAttemptAt = null });
            b.Deliveries.Add(plain with { DeliveryId = Id(3), State = DeliveryState.Sending });
            b.Deliveries.Add(plain with { DeliveryId = Id(4), OfferedAt = Night });
            b.Deliveries.Add(plain with { DeliveryId = Id(5), Receiver = "other" });
        });

        Assert.Equal(
            new[] { new LaneLoad(plain.Lane, 2), new LaneLoad(plain.Lane with { Receiver = "other" }, 1) }.ToHashSet(),
            (await Journal.WaitingAsync(None)).ToHashSet());
    }

    async Task<IEnumerable<string>> DueAsync(DateTimeOffset now, int limit)
    {
        List<DeliveryRecord> due = [];
        foreach (var head in await Journal.DueLanesAsync(now, None))
        {
            var rows = await Journal.DueDeliveriesAsync(head.Lane, now, limit, None);
            Assert.Equal(head.DueAt, rows[0].NextAttemptAt);
            due.AddRange(rows);
        }

        return due.OrderBy(d => d.NextAttemptAt).ThenBy(d => d.DeliveryId, StringComparer.Ordinal).Take(limit).Select(d => d.DeliveryId);
    }

    async Task<IEnumerable<string>> ReceiptIdsAsync(string participant, long after, int limit) =>
        (await Journal.ReceiptsSinceAsync(participant, after, limit, None)).Select(r => r.Content.ReceiptId);
}
