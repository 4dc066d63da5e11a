using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <content>What is kept, and what is forgotten.</content>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Payloads_are_due_by_their_time_and_kept_ones_come_by_identity()
    {
        await CommitAsync(b =>
        {
            b.Transfers.Add(Kept("b", Night.AddHours(1)));
            b.Transfers.Add(Kept("a", Night.AddHours(2).ToOffset(TimeSpan.Zero)));
            b.Transfers.Add(Kept("c", Night.AddHours(3)));
            b.Transfers.Add(Kept("gone", null));
        });

        Assert.Equal(["b", "a"], Ids(await Journal.DuePayloadsAsync(Night.AddHours(2), 10, None)));
        Assert.Equal(["b"], Ids(await Journal.DuePayloadsAsync(Night.AddHours(2), 1, None)));
        Assert.Empty(await Journal.DuePayloadsAsync(Night.AddHours(1).AddTicks(-1), 10, None));
        Assert.Equal(Night.AddHours(1), await Journal.NextPayloadDueAsync(None));
        Assert.Equal(["a", "b"], Ids(await Journal.KeptPayloadsAsync(null, 2, None)));
        Assert.Equal(["c"], Ids(await Journal.KeptPayloadsAsync(Identity("b"), 10, None)));
    }

    [Fact]
    public async Task Totals_count_what_is_kept_and_what_goes_of_it_when_nothing_comes_between()
    {
        Assert.Equal(default, await Journal.PayloadTotalsAsync(Night, None));
        Assert.Null(await Journal.NextPayloadDueAsync(None));
        await CommitAsync(b =>
        {
            b.Transfers.Add(Kept("soon", Night) with { Size = 1 });
            b.Transfers.Add(Kept("failed", Night) with { Size = 10 });
            b.Transfers.Add(Kept("later", Night.AddTicks(1)) with { Size = 100 });
            b.Transfers.Add(Kept("gone", null) with { Size = 1000 });
            b.Transfers.Add(Kept("unknown size", Night) with { Size = null });
            b.Deliveries.Add(Delivery(1, "soon") with { State = DeliveryState.Applied });
            b.Deliveries.Add(Delivery(2, "failed") with { State = DeliveryState.Delivered });
            b.Deliveries.Add(Delivery(3, "failed") with { State = DeliveryState.Failed });
        });

        Assert.Equal(new PayloadTotals(4, 111, 1), await Journal.PayloadTotalsAsync(Night, None));
    }

    [Fact]
    public async Task An_emptied_payload_keeps_its_chunk_entries_and_loses_its_bytes()
    {
        await CommitAsync(
            b => { b.Chunks.Add((Id(1), new ChunkRecord(0, 1, Digest(1)))); b.InlinePayloads.Add((Id(1), new byte[] { 1 })); },
            b => b.EmptiedPayloads.Add(Id(1)));

        Assert.Null(await Journal.InlinePayloadAsync(Id(1), None));
        Assert.Single(await Journal.ChunksAsync(Id(1), None));
    }

    [Fact]
    public async Task A_stray_is_what_nothing_names_or_ever_named_and_keeps_the_time_when_it_was_found_first()
    {
        await CommitAsync(
            b =>
            {
                b.Transfers.Add(Transfer("ended") with { State = TransferState.Expired, PayloadId = Id(1), PayloadDueAt = null });
                b.Deliveries.Add(Delivery(1, "ended") with { PayloadId = Id(2) });
                b.Strays.Add((Id(3), Night));
                b.Strays.Add((Id(4), Night));
            },
            b => b.Strays.Add((Id(3), Night.AddDays(1))),
            b => b.RemovedStrays.Add(Id(4)));

        var strays = await Journal.StraysAsync([Id(1), Id(2), Id(3), Id(4)], None);

        Assert.Equal([(Id(3), Night), (Id(4), (DateTimeOffset?)null)], strays.OrderBy(s => s.Key).Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public async Task Past_are_transfers_that_ended_without_a_payload_and_have_not_changed_since()
    {
        await CommitAsync(b =>
        {
            foreach (var state in Enum.GetValues<TransferState>()) b.Transfers.Add(Kept($"{state}", null) with { State = state });
            b.Transfers.Add(Kept("kept", Night));
            b.Transfers.Add(Kept("young", null) with { CreatedAt = Night.AddTicks(1) });
            b.Transfers.Add(Kept("changed", null));
            b.Deliveries.Add(Delivery(1, "changed") with { State = DeliveryState.Delivered, UpdatedAt = Night.AddTicks(1) });
            b.Transfers.Add(Kept("pending", null));
            b.Deliveries.Add(Delivery(2, "pending") with { State = DeliveryState.HandedOver, UpdatedAt = Night });
            b.Transfers.Add(Kept("delivered", null) with { CreatedAt = Night.AddHours(-1) });
            b.Deliveries.Add(Delivery(3, "delivered") with { State = DeliveryState.Delivered, UpdatedAt = Night });
        });

        var past = Ids(await Journal.PastTransfersAsync(Night, null, 10, None)).ToList();

        Assert.Equal("delivered", past[0]);
        Assert.Equal(["Accepted", "Cancelled", "Expired", "Rejected", "delivered"], past.Order(StringComparer.Ordinal));
        Assert.Equal(["delivered"], Ids(await Journal.PastTransfersAsync(Night, null, 1, None)));
    }

    [Fact]
    public async Task Past_transfers_come_a_page_at_a_time()
    {
        await CommitAsync(b =>
        {
            foreach (var id in (string[])["c", "a", "b"]) b.Transfers.Add(Kept(id, null));
            b.Transfers.Add(Kept("old", null) with { CreatedAt = Night.AddDays(-1) });
        });

        var first = await Journal.PastTransfersAsync(Night, null, 2, None);
        Assert.Equal(["old", "a"], Ids(first));
        Assert.Equal(["b", "c"], Ids(await Journal.PastTransfersAsync(Night, first[^1], 10, None)));
    }

    [Fact]
    public async Task What_goes_is_told_by_the_full_hour_by_which_it_has_gone()
    {
        var hour = new DateTimeOffset(2026, 4, 1, 1, 0, 0, TimeSpan.FromHours(9));
        await CommitAsync(b =>
        {
            b.Transfers.Add(Kept("a", hour.AddMinutes(1)) with { Size = 1 });
            b.Transfers.Add(Kept("b", hour.AddHours(1)) with { Size = 10 });
            b.Transfers.Add(Kept("c", hour.AddHours(1).AddTicks(1)) with { Size = 100 });
            b.Transfers.Add(Kept("failed", hour) with { Size = 1000 });
            b.Deliveries.Add(Delivery(1, "failed") with { State = DeliveryState.Failed });
        });

        Assert.Equal([(hour.AddHours(1), 11L), (hour.AddHours(2), 100L)], await Journal.PayloadsGoingAsync(hour.AddHours(5), None));
        Assert.Equal([(hour.AddHours(1), 11L)], await Journal.PayloadsGoingAsync(hour.AddHours(1), None));
    }

    [Fact]
    public async Task What_was_removed_is_kept_in_its_order_until_it_is_stated()
    {
        var payload = new PurgeEntry(Night, "payload", Identity("a"), null, 10, Digest(1), "7 days");
        var stray = new PurgeEntry(Night, "stray", null, Id(7), null, null, "nobody knows it");
        await CommitAsync(b =>
        {
            b.Purged.Add(payload);
            b.Purged.Add(stray);
        });

        var purged = await Journal.PurgedAsync(10, None);
        Assert.Equal([payload with { Number = purged[0].Number }, stray with { Number = purged[1].Number }], purged);
        Assert.Single(await Journal.PurgedAsync(1, None));

        await CommitAsync(b => b.PurgedStatedTo = purged[0].Number);
        Assert.Equal([purged[1]], await Journal.PurgedAsync(10, None));
    }

    [Fact]
    public async Task In_which_files_a_transfer_is_archived_is_known_when_it_is_forgotten()
    {
        await CommitAsync(
            b =>
            {
                b.Archived.Add((Identity("a"), "2"));
                b.Archived.Add((Identity("a"), "1"));
                b.Archived.Add((Identity("b"), "1"));
            },
            b => b.Archived.Add((Identity("a"), "1")));

        Assert.Equal(["1", "2"], await Journal.ArchivesOfAsync(Identity("a").Origin, "a", None));
        Assert.Empty(await Journal.ArchivesOfAsync(Identity("a").Origin, "c", None));
    }

    [Fact]
    public async Task Notes_are_kept_under_their_names_and_taken_away()
    {
        await CommitAsync(
            b =>
            {
                foreach (var name in (string[])["x/b", "x/a", "y/a", "x"]) b.Notes.Add(new JournalNote(name, "1"));
            },
            b => b.Notes.Add(new JournalNote("x/a", "2")),
            b => b.Notes.Add(new JournalNote("x/b", null)));

        Assert.Equal([new JournalNote("x/a", "2")], await Journal.NotesAsync("x/", None));
        Assert.Equal(["x", "x/a", "y/a"], (await Journal.NotesAsync("", None)).Select(note => note.Name));
    }

    [Fact]
    public async Task A_forgotten_transfer_takes_everything_along_that_belongs_to_it_and_nothing_else()
    {
        var old = Kept("old", null) with { PayloadId = Id(50) };
        await CommitAsync(b =>
        {
            b.Transfers.Add(old);
            b.Transfers.Add(Kept("new", null));
            b.Chunks.Add((Id(50), new ChunkRecord(0, 1, Digest(1))));
            foreach (var (number, id) in ((int, string)[])[(1, "old"), (2, "new")])
            {
                b.Deliveries.Add(Delivery(number, id));
                b.Receipts.Add(Receipt($"r{number}", id));
                b.Events.Add(Event(id, "Accepted"));
                b.Orders.Add(Order(number));
            }
        });

        await CommitAsync(b => b.Forgotten.Add(old));

        Assert.Null(await Journal.FindTransferAsync(Identity("old"), None));
        Assert.Empty(await Journal.DeliveriesAsync(Identity("old"), None));
        Assert.Empty(await Journal.ReceiptsAsync(Identity("old"), None));
        Assert.Empty(await Journal.EventsAsync(Identity("old"), None));
        Assert.Empty(await Journal.ChunksAsync(Id(50), None));
        Assert.Equal([Id(2)], (await Journal.OrdersAsync(null, 10, None)).Select(order => order.DeliveryId));
        Assert.NotNull(await Journal.FindTransferAsync(Identity("new"), None));
        Assert.NotNull(await Journal.FindDeliveryAsync(Id(2), None));
        Assert.Single(await Journal.EventsAsync(Identity("new"), None));

        // Whoever asks for what came after a receipt must never be shown another one under its number.
        await CommitAsync(b => b.Receipts.Add(Receipt("r3", "new")));
        Assert.Equal([2, 3], (await Journal.ReceiptsAsync(Identity("new"), None)).Select(receipt => receipt.Sequence));
    }

    [Fact]
    public async Task A_transfer_that_has_changed_is_not_forgotten()
    {
        var before = Kept("a", null);
        await CommitAsync(b => b.Transfers.Add(before), b => b.Transfers.Add(before with { Version = 2 }));

        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b => b.Forgotten.Add(before)));

        Assert.NotNull(await Journal.FindTransferAsync(Identity("a"), None));
    }

    static TransferRecord Kept(string transferId, DateTimeOffset? dueAt) => Transfer(transferId) with
    {
        State = TransferState.Accepted,
        PayloadDueAt = dueAt,
    };

    static IEnumerable<string> Ids(IEnumerable<TransferRecord> transfers) => transfers.Select(transfer => transfer.Identity.TransferId);
}
