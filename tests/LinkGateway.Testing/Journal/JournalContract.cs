using System.Text.Json;
using System.Text.Json.Serialization;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <summary>What every journal must do. A test class for an implementation derives from it and hands in an empty journal.</summary>
public abstract partial class JournalContract
{
    static readonly JsonSerializerOptions Json = new() { Converters = { new DigestAsText() } };
    static readonly CancellationToken None = CancellationToken.None;

    /// <summary>The journal under test, empty at the beginning of each test.</summary>
    protected abstract IJournal Journal { get; }

    [Fact]
    public async Task A_transfer_comes_back_with_every_field_and_offset()
    {
        var bare = Transfer("bare") with
        {
            Hops = [],
            Size = null,
            Sha256 = null,
            Root = null,
            RecordCount = null,
            EntryReceipt = null,
            FirstByteAt = null,
            LastByteAt = null,
            AcceptedAt = null,
            ReasonCode = null,
            ReasonText = null,
            Inline = false,
        };
        await CommitAsync(b => b.Transfers.Add(Transfer("full")), b => b.Transfers.Add(bare));

        AssertSame(Transfer("full"), await Journal.FindTransferAsync(Identity("full"), None));
        AssertSame(bare, await Journal.FindTransferAsync(Identity("bare"), None));
    }

    [Fact]
    public async Task A_delivery_comes_back_with_every_field_and_offset()
    {
        var leased = Delivery(2, "t") with { LeaseOwner = "worker", LeaseUntil = Night.AddMinutes(1), State = DeliveryState.InDoubt };
        leased = leased with { SequenceKey = "順序\nkey", SequencePlace = "2", SequencePass = SequencePass.Ahead };
        var bare = Delivery(3, "t") with { NextAttemptAt = null, LastErrorCode = null, LastErrorText = null, PublishedName = null };
        await CommitAsync(b => { b.Deliveries.Add(leased); b.Deliveries.Add(bare); });

        AssertSame(leased, await Journal.FindDeliveryAsync(leased.DeliveryId, None));
        AssertSame(bare, await Journal.FindDeliveryAsync(bare.DeliveryId, None));
        Assert.Null(await Journal.FindDeliveryAsync(Id(99), None));
    }

    [Theory]
    [InlineData("other", "t", "", 0)]
    [InlineData("142051-kaoku", "T", "", 0)]
    [InlineData("142051-kaoku", "t ", "", 0)]
    [InlineData("142051-kaoku", "t", "zei", 0)]
    [InlineData("142051-kaoku", "t", "", 1)]
    public async Task Identities_are_compared_ordinally_in_all_parts(string origin, string transferId, string receiver, int replay)
    {
        await CommitAsync(b => b.Transfers.Add(Transfer("t")));
        Assert.Null(await Journal.FindTransferAsync(new TransferIdentity(origin, transferId, receiver, replay), None));
    }

    [Fact]
    public async Task An_update_on_the_version_held_replaces_the_row()
    {
        await CommitAsync(b => b.Transfers.Add(Transfer("t")), b => b.Deliveries.Add(Delivery(1, "t")));
        var accepted = Transfer("t") with { Version = 2, State = TransferState.Accepted };
        var sending = Delivery(1, "t") with { Version = 2, State = DeliveryState.Sending };
        await CommitAsync(b => { b.Transfers.Add(accepted); b.Deliveries.Add(sending); });

        AssertSame(accepted, await Journal.FindTransferAsync(Identity("t"), None));
        AssertSame(sending, await Journal.FindDeliveryAsync(Id(1), None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_transfer_on_another_version_conflicts_and_nothing_of_the_batch_is_applied(long version)
    {
        await CommitAsync(b => b.Transfers.Add(Transfer("t")), b => b.Transfers.Add(Transfer("t") with { Version = 2 }));
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b =>
        {
            Fill(b);
            b.Transfers.Add(Transfer("t") with { Version = version, State = TransferState.Cancelled });
        }));

        Assert.Equal(2, (await Journal.FindTransferAsync(Identity("t"), None))!.Version);
        await AssertNothingOfFillAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_delivery_on_another_version_conflicts_and_nothing_of_the_batch_is_applied(long version)
    {
        await CommitAsync(b => b.Deliveries.Add(Delivery(1, "t")));
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b =>
        {
            Fill(b);
            b.Deliveries.Add(Delivery(1, "t") with { Version = version, State = DeliveryState.Failed });
        }));

        Assert.Equal(DeliveryState.Waiting, (await Journal.FindDeliveryAsync(Id(1), None))!.State);
        await AssertNothingOfFillAsync();
    }

    [Fact]
    public async Task An_update_of_a_row_that_is_not_there_conflicts() =>
        await Assert.ThrowsAsync<JournalConflictException>(() => CommitAsync(b => b.Transfers.Add(Transfer("t") with { Version = 2 })));

    [Fact]
    public async Task One_batch_may_move_a_row_twice()
    {
        await CommitAsync(b => { b.Transfers.Add(Transfer("t")); b.Transfers.Add(Transfer("t") with { Version = 2 }); });
        Assert.Equal(2, (await Journal.FindTransferAsync(Identity("t"), None))!.Version);
    }

    [Fact]
    public async Task Chunks_come_in_index_order_and_go_with_their_payload()
    {
        await CommitAsync(b =>
        {
            foreach (var index in new[] { 2, 0, 10, 1 }) b.Chunks.Add((Id(1), new ChunkRecord(index, 1L << 33, Digest(index))));
            b.Chunks.Add((Id(2), new ChunkRecord(0, 5, Digest(0))));
            b.InlinePayloads.Add((Id(1), new byte[] { 1 }));
        });
        Assert.Equal(
            [new(0, 1L << 33, Digest(0)), new(1, 1L << 33, Digest(1)), new(2, 1L << 33, Digest(2)), new(10, 1L << 33, Digest(10))],
            await Journal.ChunksAsync(Id(1), None));

        await CommitAsync(b => b.DroppedPayloads.Add(Id(1)));
        Assert.Empty(await Journal.ChunksAsync(Id(1), None));
        Assert.Null(await Journal.InlinePayloadAsync(Id(1), None));
        Assert.Single(await Journal.ChunksAsync(Id(2), None));
    }

    [Fact]
    public async Task A_batch_drops_a_payload_before_it_adds_to_it()
    {
        await CommitAsync(b => b.Chunks.Add((Id(1), new ChunkRecord(7, 1, Digest(7)))));
        await CommitAsync(b => { b.Chunks.Add((Id(1), new ChunkRecord(0, 1, Digest(0)))); b.DroppedPayloads.Add(Id(1)); });
        Assert.Equal([new ChunkRecord(0, 1, Digest(0))], await Journal.ChunksAsync(Id(1), None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_144)]
    public async Task An_inline_payload_comes_back_whole_though_the_callers_buffer_is_used_again(int length)
    {
        var buffer = new byte[length + 10];
        new Random(length).NextBytes(buffer);
        var expected = buffer.AsSpan(5, length).ToArray();
        await CommitAsync(b => b.InlinePayloads.Add((Id(1), buffer.AsMemory(5, length))));
        Array.Clear(buffer);

        Assert.Equal(expected, (await Journal.InlinePayloadAsync(Id(1), None))!.Value.ToArray());
        Assert.Null(await Journal.InlinePayloadAsync(Id(2), None));
    }

    [Fact]
    public async Task A_receipt_comes_back_byte_for_byte_with_its_place()
    {
        await CommitAsync(b => b.Receipts.Add(Receipt("r1", "t")));
        AssertSame(Receipt("r1", "t") with { Sequence = 1 }, Assert.Single(await Journal.ReceiptsAsync(Identity("t"), None)));
    }

    [Fact]
    public async Task A_receipt_that_is_held_is_skipped_and_the_rest_of_the_batch_applied()
    {
        await CommitAsync(b => b.Receipts.Add(Receipt("r1", "t")));
        await CommitAsync(b =>
        {
            b.Receipts.Add(Receipt("r1", "t") with { SubmittedBy = "somebody" });
            b.Receipts.Add(Receipt("r2", "t"));
            b.PeerCursors.Add(("zei", "17"));
        });

        var receipts = await Journal.ReceiptsAsync(Identity("t"), None);
        Assert.Equal(
            [("r1", "gateway-a", 1L), ("r2", "gateway-a", 2L)],
            receipts.Select(r => (r.Content.ReceiptId, r.SubmittedBy, r.Sequence)));
        Assert.Equal("17", await Journal.PeerCursorAsync("zei", None));
    }

    [Fact]
    public async Task Cursors_are_replaced()
    {
        Assert.Null(await Journal.PeerCursorAsync("zei", None));
        await CommitAsync(b => b.PeerCursors.Add(("zei", "1")), b => b.PeerCursors.Add(("zei", "2")));
        Assert.Equal("2", await Journal.PeerCursorAsync("zei", None));
    }

    [Fact]
    public async Task Of_callers_that_build_on_the_same_version_exactly_one_wins()
    {
        await CommitAsync(b => b.Transfers.Add(Transfer("t")));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                await CommitAsync(b =>
                {
                    b.Events.Add(Event("t", $"{i}"));
                    b.Transfers.Add(Transfer("t") with { Version = 2, ReasonText = $"{i}" });
                });
                return true;
            }
            catch (JournalConflictException)
            {
                return false;
            }
        })));

        Assert.Equal(1, outcomes.Count(won => won));
        var held = await Journal.FindTransferAsync(Identity("t"), None);
        Assert.Equal(held!.ReasonText, Assert.Single(await Journal.EventsAsync(Identity("t"), None)).To);
    }

    /// <summary>Commits batches one after the other.</summary>
    protected async Task CommitAsync(params Action<JournalBatch>[] fill)
    {
        foreach (var action in fill)
        {
            var batch = new JournalBatch();
            action(batch);
            await Journal.CommitAsync(batch, None);
        }
    }

    /// <summary>Compares records by content, lists and bytes included.</summary>
    protected static void AssertSame<T>(T expected, T actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected, Json), JsonSerializer.Serialize(actual, Json));

    static void Fill(JournalBatch batch)
    {
        batch.Transfers.Add(Transfer("fill"));
        batch.Deliveries.Add(Delivery(77, "fill"));
        batch.Chunks.Add((Id(77), new ChunkRecord(0, 1, Digest(0))));
        batch.InlinePayloads.Add((Id(77), new byte[] { 1 }));
        batch.Receipts.Add(Receipt("fill", "fill"));
        batch.PeerCursors.Add(("fill", "1"));
        batch.Events.Add(Event("fill", "Open"));
    }

    async Task AssertNothingOfFillAsync()
    {
        Assert.Null(await Journal.FindTransferAsync(Identity("fill"), None));
        Assert.Null(await Journal.FindDeliveryAsync(Id(77), None));
        Assert.Empty(await Journal.ChunksAsync(Id(77), None));
        Assert.Null(await Journal.InlinePayloadAsync(Id(77), None));
        Assert.Empty(await Journal.ReceiptsAsync(Identity("fill"), None));
        Assert.Null(await Journal.PeerCursorAsync("fill", None));
        Assert.Empty(await Journal.EventsAsync(Identity("fill"), None));
    }

    sealed class DigestAsText : JsonConverter<Sha256Digest>
    {
        public override Sha256Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Sha256Digest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
