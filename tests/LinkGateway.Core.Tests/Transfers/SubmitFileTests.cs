using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

public class SubmitFileTests
{
    readonly CoreWorld _world = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(InlineBytes)]
    public async Task A_small_file_is_accepted_in_one_commit(int size)
    {
        var commits = 0;
        _world.Journal.BeforeCommit = _ => commits++;
        var file = Bytes(size);

        var answer = await _world.SubmitAsync(Manifest("a", file), file);

        Assert.Equal("Accepted", answer.Value?.State);
        Assert.Equal(1, commits);
        Assert.Empty(_world.Spool.Operations);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
        Assert.NotNull((await _world.DeliveryAsync(Identity("a"))).NextAttemptAt);
    }

    [Theory]
    [InlineData(InlineBytes + 1)]
    [InlineData(ChunkSize - 1)]
    [InlineData(ChunkSize)]
    [InlineData(ChunkSize + 1)]
    [InlineData(3 * ChunkSize)]
    [InlineData((5 * ChunkSize) + 17)]
    public async Task A_large_file_is_accepted_with_all_its_chunks(int size)
    {
        var file = Bytes(size);

        var answer = await _world.SubmitAsync(Manifest("a", file), file);

        Assert.Equal("Accepted", answer.Value?.State);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
        var row = await _world.RowAsync(Identity("a"));
        var chunks = await _world.Journal.ChunksAsync(row.PayloadId, Never);
        var slices = Enumerable.Range(0, ChunksOf(file)).Select(index => Sha256Digest.Of(Slice(file, index).Span));
        Assert.Equal(slices, chunks.Select(chunk => chunk.Sha256));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task The_receipt_states_the_file(int size)
    {
        var file = Bytes(size);

        var answer = await _world.SubmitAsync(Manifest("a", file) with { RecordCount = 7 }, file);

        var receipt = TestReceipts.Read(answer.Value!.Receipt!.ReceiptDocument);
        var digests = Enumerable.Range(0, ChunksOf(file)).SelectMany(index => Sha256Digest.Of(Slice(file, index).Span).ToArray()).ToArray();
        Assert.Equal(ReceiptKind.Accepted, receipt.Kind);
        Assert.Equal(("gw-a", Origin, "a", ""), (receipt.Issuer, receipt.Origin, receipt.TransferId, receipt.Receiver));
        Assert.Equal((file.Length, Sha256Digest.Of(file), Sha256Digest.Of(digests)), (receipt.Size, receipt.Sha256, receipt.Root));
        Assert.Equal(7, receipt.RecordCount);
        Assert.Null(receipt.Predecessor);
        Assert.Equal(TimeSpan.FromHours(9), receipt.AcceptedAt!.Value.Offset);
        Assert.True(receipt.FirstByteAt <= receipt.LastByteAt && receipt.LastByteAt <= receipt.AcceptedAt);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(100, false)]
    [InlineData(200_000, true)]
    [InlineData(200_000, false)]
    public async Task The_same_file_again_gets_the_same_receipt(int size, bool declared)
    {
        var file = Bytes(size);
        var manifest = Manifest("a", declared ? file : null);
        var first = await _world.SubmitAsync(manifest, file);

        var body = new TestBody(file);
        var again = await _world.SubmitAsync(manifest with { CreatedAt = _world.Services.Now }, file, body);

        Assert.Equal(first.Value!.Receipt!.ReceiptDocument, again.Value?.Receipt?.ReceiptDocument);
        Assert.Equal(!declared, body.Opened);
        Assert.Single(await _world.Journal.ReceiptsAsync(Identity("a"), Never));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(100, 200_000)]
    [InlineData(200_000, 100)]
    [InlineData(200_000, 200_000)]
    [InlineData(200_000, 300_000)]
    public async Task Another_file_under_an_accepted_id_is_refused(int size, int otherSize)
    {
        await _world.SubmitAsync(Manifest("a"), Bytes(size));

        var other = await _world.SubmitAsync(Manifest("a"), Bytes(otherSize, seed: 2));

        Assert.Equal("LG-2002", other.Refusal?.Code);
        Assert.Contains(other.Refusal!.Arguments[1], (string[])["sha256", "size"]);
        Assert.Equal(Bytes(size), await _world.StoredAsync(Identity("a")));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task The_same_file_damaged_on_its_way_is_not_taken_for_another_when_it_was_accepted_meanwhile(int size)
    {
        var file = Bytes(size);
        var manifest = Manifest("a", file);
        byte[] damaged = [.. file[..^1], (byte)(file[^1] ^ 1)];
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new TestBody(damaged) { HangAt = 10, Resume = goOn.Task };
        var second = _world.SubmitAsync(manifest, damaged, slow);
        await slow.Hanging.WaitAsync(TimeSpan.FromMinutes(3));
        Assert.True((await _world.SubmitAsync(manifest, file)).Succeeded);

        goOn.SetResult();

        Assert.Equal(ErrorCatalogue.FileDigestMismatch.Code, (await second).Refusal?.Code);
    }

    [Fact]
    public async Task Another_manifest_under_an_accepted_id_is_refused_and_names_the_field()
    {
        var file = Bytes(100);
        await _world.SubmitAsync(Manifest("a", file), file);

        var other = await _world.SubmitAsync(Manifest("a", file) with { FileName = "other.csv" }, file);

        Assert.Equal(("LG-2002", "fileName"), (other.Refusal?.Code, other.Refusal!.Arguments[1]));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task A_file_that_is_not_what_the_manifest_says_is_refused_and_its_id_stays_free(int size)
    {
        var file = Bytes(size);
        var wrongDigest = await _world.SubmitAsync(Manifest("a", file) with { Sha256 = Sha256Digest.Of([1]) }, file);
        var tooShort = await _world.SubmitAsync(Manifest("b", file) with { Size = size + 1 }, file);
        var tooLong = await _world.SubmitAsync(Manifest("c", file) with { Size = size - 1 }, file);

        Assert.Equal("LG-2008", wrongDigest.Refusal?.Code);
        Assert.Equal("LG-2007", tooShort.Refusal?.Code);
        Assert.Equal("LG-2007", tooLong.Refusal?.Code);
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a", file), file)).Value?.State);
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("b", file), file)).Value?.State);
    }

    [Fact]
    public async Task A_broken_upload_keeps_its_chunks_and_the_next_sends_the_rest()
    {
        var file = Bytes((5 * ChunkSize) + 100);
        var manifest = Manifest("a", file);

        var broken = await _world.SubmitAsync(manifest, file, new TestBody(file) { BreakAt = (3 * ChunkSize) + 50 });
        var opened = await _world.OpenAsync(manifest);
        Assert.Equal("LG-1001", broken.Refusal?.Code);
        Assert.Equal([new ByteRange(0, 3 * ChunkSize)], opened.Value!.Held);

        for (var index = 3; index < ChunksOf(file); index++)
            Assert.True((await _world.PutAsync("a", opened.Value.Attempt, index, file)).Succeeded);
        Assert.Equal("Accepted", (await _world.CommitAsync("a", opened.Value.Attempt, file)).Value?.State);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task Chunks_held_are_not_written_again_by_a_second_submission()
    {
        var file = Bytes(5 * ChunkSize);
        await _world.SubmitAsync(Manifest("a", file), file, new TestBody(file) { BreakAt = (3 * ChunkSize) + 50 });
        HashSet<long> written = [];
        _world.Store.BeforeWrite = (_, offset) =>
        {
            lock (written) written.Add(offset);
            return default;
        };

        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a", file), file)).Value?.State);

        Assert.Equal([3 * ChunkSize, 4 * ChunkSize], written.Order());
    }

    [Fact]
    public async Task A_file_that_changed_since_it_broke_off_is_refused()
    {
        var file = Bytes(3 * ChunkSize);
        await _world.SubmitAsync(Manifest("a"), file, new TestBody(file) { BreakAt = 2 * ChunkSize + 1 });

        Assert.Equal("LG-2005", (await _world.SubmitAsync(Manifest("a"), Bytes(3 * ChunkSize, seed: 2))).Refusal?.Code);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task A_message_that_ends_wrongly_is_not_accepted_and_leaves_the_way_free(int size)
    {
        // The attachment itself looked complete, but was shorter: the closing boundary is what says so.
        var file = Bytes(size);
        var cut = file[..(size * 2 / 3)];
        var broken = await _world.SubmitAsync(Manifest("a"), cut, new TestBody(cut) { Broken = TestBody.BrokenOff });

        Assert.Equal("LG-1001", broken.Refusal?.Code);
        Assert.Empty(await _world.Journal.ReceiptsAsync(Identity("a"), Never));
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a"), file)).Value?.State);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task A_missing_attachment_is_refused()
    {
        var refused = await _world.SubmitAsync(Manifest("a"), [], new TestBody(default) { Missing = true });

        Assert.Equal("LG-1004", refused.Refusal?.Code);
    }

    [Fact]
    public async Task What_is_not_admitted_is_not_read()
    {
        var body = new TestBody(Bytes(100));

        await _world.SubmitAsync(Manifest("a") with { InterfaceId = "unknown" }, [], body);

        Assert.False(body.Opened);
    }

    [Fact]
    public async Task A_new_submission_fences_the_one_that_hangs()
    {
        var file = Bytes(4 * ChunkSize);
        var hanging = new TestBody(file) { HangAt = (2 * ChunkSize) + 10 };
        var old = _world.SubmitAsync(Manifest("a"), file, hanging);
        await hanging.Hanging;

        var fresh = await _world.SubmitAsync(Manifest("a"), file);

        Assert.Equal("Accepted", fresh.Value?.State);
        Assert.Equal("LG-2003", (await old).Refusal?.Code);
    }

    [Fact]
    public async Task Two_submissions_at_once_end_in_one_acceptance()
    {
        for (var round = 0; round < 30; round++)
        {
            var id = $"a{round}";
            var file = Bytes(3 * ChunkSize, round);
            var answers = await Task.WhenAll(_world.SubmitAsync(Manifest(id), file), _world.SubmitAsync(Manifest(id), file));

            Assert.Contains(answers, answer => answer.Succeeded);
            Assert.All(answers, answer => Assert.True(answer.Succeeded || answer.Refusal!.Code == "LG-2003"));
            Assert.Single(await _world.Journal.ReceiptsAsync(Identity(id), Never));
            Assert.Equal(file, await _world.StoredAsync(Identity(id)));
        }
    }

    [Fact]
    public async Task The_sender_that_goes_away_ends_its_upload()
    {
        using var gone = new CancellationTokenSource();
        var file = Bytes(4 * ChunkSize);
        var body = new TestBody(file) { HangAt = 2 * ChunkSize };
        var upload = _world.SubmitAsync(Manifest("a"), file, body, cancellationToken: gone.Token);
        await body.Hanging;

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await Waiting.UntilAsync(() => _world.Scheduler.Running == 0, "rest");
        Assert.Equal("Open", (await _world.StatusAsync("a")).State);
    }

    [Fact]
    public async Task Without_a_declared_size_the_file_may_not_need_more_chunks_than_allowed()
    {
        var file = Bytes((64 * ChunkSize) + 1);

        var refused = await _world.SubmitAsync(Manifest("a"), file, new TestBody(file) { Piece = () => 1 << 20 });

        Assert.Equal("LG-2012", refused.Refusal?.Code);
    }

    [Fact]
    public async Task The_length_of_the_message_raises_the_chunk_size()
    {
        var file = Bytes((64 * ChunkSize) + 1);

        var body = new TestBody(file) { Piece = () => 1 << 20, MaximumLength = file.Length + 500 };
        var answer = await _world.SubmitAsync(Manifest("a"), file, body);

        Assert.Equal("Accepted", answer.Value?.State);
        Assert.Equal(2 * ChunkSize, (await _world.StatusAsync("a")).ChunkSize);
    }

    [Fact]
    public async Task A_small_file_is_one_chunk_whatever_its_sender_proposes()
    {
        await using var world = new CoreWorld(configuration: json => json["limits"]!["inlinePayloadBytes"] = 4 * ChunkSize);
        var file = Bytes(ChunkSize + 1);

        var answer = await world.SubmitAsync(Manifest("a", file), file, chunkSize: ChunkSize);

        Assert.Equal("Accepted", answer.Value?.State);
        Assert.Equal(2 * ChunkSize, (await world.StatusAsync("a")).ChunkSize);
        Assert.Equal("LG-1003", (await world.SubmitAsync(Manifest("b", file), file, chunkSize: -1)).Refusal?.Code);
    }

    [Fact]
    public async Task A_small_file_gives_way_to_nothing_that_was_begun_with_another_manifest()
    {
        await _world.OpenAsync(Manifest("a"));

        Assert.Equal("LG-2002", (await _world.SubmitAsync(Manifest("a") with { FileName = "b.csv" }, Bytes(5))).Refusal?.Code);
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a"), Bytes(5))).Value?.State);
    }

    [Fact]
    public async Task Uploads_beyond_the_limit_are_asked_to_come_back()
    {
        await using var world = new CoreWorld(configuration: json => json["limits"]!["concurrentUploads"] = 1);
        var file = Bytes(3 * ChunkSize);
        var goOn = new TaskCompletionSource();
        var body = new TestBody(file) { HangAt = ChunkSize, Resume = goOn.Task };
        var first = world.SubmitAsync(Manifest("a"), file, body);
        await body.Hanging;

        var second = await world.SubmitAsync(Manifest("b"), Bytes(10));

        Assert.Equal("LG-5001", second.Refusal?.Code);
        Assert.Contains("limits.concurrentUploads = 1", second.Refusal!.Arguments[0], StringComparison.Ordinal);
        Assert.NotNull(second.Refusal.RetryAfter);
        goOn.SetResult();
        Assert.Equal("Accepted", (await first).Value?.State);
        Assert.Equal("Accepted", (await world.SubmitAsync(Manifest("b"), Bytes(10))).Value?.State);
    }
}
