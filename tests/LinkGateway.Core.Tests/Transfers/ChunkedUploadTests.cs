using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

public class ChunkedUploadTests
{
    readonly CoreWorld _world = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(InlineBytes)]
    [InlineData(ChunkSize)]
    [InlineData((3 * ChunkSize) + 1)]
    public async Task A_file_in_chunks_is_accepted(int size)
    {
        var file = Bytes(size);
        var attempt = (await _world.OpenAsync(Manifest("a", file))).Value!.Attempt;
        for (var index = ChunksOf(file) - 1; index >= 0; index--) Assert.True((await _world.PutAsync("a", attempt, index, file)).Succeeded);

        var answer = await _world.CommitAsync("a", attempt, file);

        Assert.Equal("Accepted", answer.Value?.State);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task Chunks_may_come_in_parallel()
    {
        var file = Bytes(20 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => _world.PutAsync("a", attempt, index, file)));

        Assert.All(answers, answer => Assert.False(answer.Value!.AlreadyHeld));
        Assert.Equal("Accepted", (await _world.CommitAsync("a", attempt, file)).Value?.State);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task Opening_states_chunk_size_attempt_and_expiry()
    {
        var opened = (await _world.OpenAsync(Manifest("a"))).Value!;

        Assert.Equal(("Open", 1, (long)ChunkSize), (opened.State, opened.Attempt, opened.ChunkSize));
        Assert.Empty(opened.Held);
        Assert.Equal(_world.Services.Now + TimeSpan.FromDays(7), opened.ExpiresAt);
    }

    [Fact]
    public async Task Opening_again_fences_the_older_attempt()
    {
        var file = Bytes(3 * ChunkSize);
        var first = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", first, 1, file);

        var second = (await _world.OpenAsync(Manifest("a"))).Value!;

        Assert.Equal(first + 1, second.Attempt);
        Assert.Equal([new ByteRange(ChunkSize, ChunkSize)], second.Held);
        Assert.Equal("LG-2003", (await _world.PutAsync("a", first, 0, file)).Refusal?.Code);
        Assert.Equal("LG-2003", (await _world.CommitAsync("a", first, file)).Refusal?.Code);
    }

    [Fact]
    public async Task A_writer_that_hangs_is_ended_and_its_late_bytes_have_no_effect()
    {
        var file = Bytes(2 * ChunkSize);
        var other = Bytes(2 * ChunkSize, seed: 2);
        var first = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        var goOn = new TaskCompletionSource();
        TestBody? body = null;
        var late = _world.PutAsync("a", first, 0, other, bytes => body = new TestBody(bytes) { HangAt = 30_000, Resume = goOn.Task });
        await body!.Hanging;

        var second = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", second, 0, file);
        await _world.PutAsync("a", second, 1, file);
        goOn.SetResult();

        Assert.Equal("LG-2003", (await late).Refusal?.Code);
        Assert.Equal("Accepted", (await _world.CommitAsync("a", second, file)).Value?.State);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task The_same_chunk_sent_again_within_an_attempt_takes_over_from_the_one_that_hangs()
    {
        var file = Bytes(ChunkSize + 1);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        TestBody? body = null;
        var hanging = _world.PutAsync("a", attempt, 0, file, bytes => body = new TestBody(bytes) { HangAt = 30_000 });
        await body!.Hanging;

        Assert.True((await _world.PutAsync("a", attempt, 0, file)).Succeeded);

        Assert.Equal("LG-2003", (await hanging).Refusal?.Code);
    }

    [Fact]
    public async Task Requests_that_end_while_they_are_fenced_do_no_harm()
    {
        var file = Bytes(8 * ChunkSize);
        await _world.OpenAsync(Manifest("a"));
        for (var attempt = 1; attempt < 60; attempt++)
        {
            var current = attempt;
            var puts = Enumerable.Range(0, 8).Select(index => Task.Run(() => _world.PutAsync("a", current, index, file))).ToList();
            var opened = await _world.OpenAsync(Manifest("a"));

            Assert.Equal(attempt + 1, opened.Value?.Attempt);
            Assert.All(await Task.WhenAll(puts), put => Assert.True(put.Succeeded || put.Refusal.Code == "LG-2003"));
        }
    }

    [Fact]
    public async Task A_repeated_chunk_is_compared()
    {
        var file = Bytes(2 * ChunkSize);
        var changed = (byte[])file.Clone();
        changed[100] ^= 1;
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);

        Assert.True((await _world.PutAsync("a", attempt, 0, file)).Value!.AlreadyHeld);
        Assert.Equal("LG-2005", (await _world.PutAsync("a", attempt, 0, changed)).Refusal?.Code);
        Assert.Equal("LG-2005", (await _world.PutAsync(Chunk("a", attempt, 0, file), new TestBody(Slice(changed, 0)))).Refusal?.Code);
    }

    [Fact]
    public async Task A_repeated_chunk_is_compared_after_the_acceptance_too()
    {
        var file = Bytes(2 * ChunkSize);
        var other = Bytes(3 * ChunkSize, seed: 2);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        await _world.PutAsync("a", attempt, 1, file);
        await _world.CommitAsync("a", attempt, file);

        Assert.True((await _world.PutAsync("a", attempt, 1, file)).Value!.AlreadyHeld);
        Assert.Equal("LG-2005", (await _world.PutAsync("a", attempt, 1, other)).Refusal?.Code);
        Assert.Equal("LG-2006", (await _world.PutAsync("a", attempt, 2, other)).Refusal?.Code);
        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_chunk_is_refused_and_nothing_of_it_is_kept(bool small)
    {
        var file = Bytes(small ? 1000 : 2 * ChunkSize);
        var changed = (byte[])file.Clone();
        changed[100] ^= 1;
        var attempt = (await _world.OpenAsync(Manifest("a", file))).Value!.Attempt;
        var request = Chunk("a", attempt, 0, file);
        var right = Slice(file, 0);

        Assert.Equal("LG-2004", (await _world.PutAsync(request, new TestBody(Slice(changed, 0)))).Refusal?.Code);
        Assert.Equal("LG-2010", (await _world.PutAsync(request, new TestBody(right[..^1]))).Refusal?.Code);
        Assert.Equal("LG-2006", (await _world.PutAsync(request, new TestBody(new byte[right.Length + 1]))).Refusal?.Code);
        Assert.Equal("LG-1001", (await _world.PutAsync(request, new TestBody(right) { BreakAt = 500 })).Refusal?.Code);
        Assert.Equal("LG-1001", (await _world.PutAsync(request, new TestBody(right) { Broken = TestBody.BrokenOff })).Refusal?.Code);
        Assert.Equal("LG-1004", (await _world.PutAsync(request, new TestBody(right) { Missing = true })).Refusal?.Code);
        Assert.Empty((await _world.StatusAsync("a")).Held);
        Assert.True((await _world.PutAsync(request, new TestBody(right))).Succeeded);
    }

    [Fact]
    public async Task A_chunk_must_lie_where_chunks_lie()
    {
        var file = Bytes((2 * ChunkSize) + 10);
        var attempt = (await _world.OpenAsync(Manifest("a", file))).Value!.Attempt;
        var last = Chunk("a", attempt, 2, file);
        PutChunkRequest[] misplaced =
        [
            last with { Index = -1, Offset = -ChunkSize },
            last with { Offset = last.Offset + 1 },
            last with { Length = 0 },
            last with { Length = 11 },
            last with { Length = 9 },
            last with { Index = 1, Offset = ChunkSize },
            last with { Index = 3, Offset = 3 * ChunkSize },
            last with { Index = 0, Offset = 0, Length = ChunkSize + 1 },
        ];

        foreach (var request in misplaced)
        {
            var body = new TestBody(Slice(file, 2));
            Assert.Equal("LG-2006", (await _world.PutAsync(request, body)).Refusal?.Code);
            Assert.False(body.Opened);
        }

        Assert.Equal("LG-2012", (await _world.PutAsync(last with { Index = 64, Offset = 64 * ChunkSize }, new TestBody(default))).Refusal?.Code);
    }

    [Fact]
    public async Task The_size_need_not_be_known_before_the_commit()
    {
        var file = Bytes((2 * ChunkSize) + 10);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 2, file);
        await _world.PutAsync("a", attempt, 0, file);

        var early = await _world.CommitAsync("a", attempt, file);
        await _world.PutAsync("a", attempt, 1, file);

        Assert.Equal("Open", early.Value?.State);
        Assert.Equal([new ByteRange(ChunkSize, ChunkSize)], early.Value!.Missing);
        Assert.Equal("LG-2007", (await _world.CommitAsync("a", attempt, file[..^1])).Refusal?.Code);
        Assert.Equal("LG-2007", (await _world.CommitAsync("a", attempt, [.. file, 0])).Refusal?.Code);
        Assert.Equal("Accepted", (await _world.CommitAsync("a", attempt, file)).Value?.State);
    }

    [Fact]
    public async Task A_commit_states_the_tail_that_is_missing()
    {
        var file = Bytes(5 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 1, file);

        var answer = await _world.CommitAsync("a", attempt, file);

        Assert.Equal([new ByteRange(0, ChunkSize), new ByteRange(2 * ChunkSize, 3 * ChunkSize)], answer.Value!.Missing);
    }

    [Theory]
    [InlineData((64L * ChunkSize) + 1)]
    [InlineData(long.MaxValue)]
    public async Task A_commit_of_more_than_the_chunks_allowed_is_refused(long size)
    {
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        var request = new CommitTransferRequest { Transfer = Reference("a"), Attempt = attempt, Size = size, Sha256 = default };

        var refused = await _world.Transfers.CommitTransferAsync(Origin, request, Never).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("LG-2012", refused.Refusal?.Code);
    }

    [Fact]
    public async Task What_the_manifest_binds_the_commit_must_state()
    {
        var file = Bytes(ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a", file) with { RecordCount = 3 })).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        var right = new CommitTransferRequest { Transfer = Reference("a"), Attempt = attempt, Size = ChunkSize, Sha256 = Sha256Digest.Of(file) };

        Assert.Equal("LG-2007", (await _world.Transfers.CommitTransferAsync(Origin, right with { Size = ChunkSize - 1 }, Never)).Refusal?.Code);
        Assert.Equal("LG-2008", (await _world.Transfers.CommitTransferAsync(Origin, right with { Sha256 = default }, Never)).Refusal?.Code);
        Assert.Equal("LG-1003", (await _world.Transfers.CommitTransferAsync(Origin, right with { RecordCount = 4 }, Never)).Refusal?.Code);
        Assert.Equal("LG-1003", (await _world.Transfers.CommitTransferAsync(Origin, right with { Size = -1 }, Never)).Refusal?.Code);
        Assert.Equal("Accepted", (await _world.Transfers.CommitTransferAsync(Origin, right with { RecordCount = 3 }, Never)).Value?.State);
    }

    [Fact]
    public async Task A_commit_can_be_repeated()
    {
        var file = Bytes(ChunkSize + 1);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        await _world.PutAsync("a", attempt, 1, file);
        var first = await _world.CommitAsync("a", attempt, file);

        var again = await _world.CommitAsync("a", attempt, file);
        var opened = await _world.OpenAsync(Manifest("a"));

        Assert.Equal(first.Value!.Receipt!.ReceiptDocument, again.Value?.Receipt?.ReceiptDocument);
        Assert.Equal("Accepted", opened.Value?.State);
        Assert.Equal(first.Value.Receipt.ReceiptDocument, opened.Value!.Receipt?.ReceiptDocument);
        Assert.Equal([new ByteRange(0, file.Length)], opened.Value.Held);
        Assert.Equal("LG-2002", (await _world.CommitAsync("a", attempt, file[..^1])).Refusal?.Code);
    }

    [Fact]
    public async Task Chunks_that_are_not_the_file_together_reject_it_and_free_its_id()
    {
        var file = Bytes(3 * ChunkSize);
        var other = Bytes(3 * ChunkSize, seed: 2);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        for (var index = 0; index < 3; index++) await _world.PutAsync("a", attempt, index, index == 1 ? other : file);
        var payload = (await _world.RowAsync(Identity("a"))).PayloadId;

        Assert.Equal("LG-2008", (await _world.CommitAsync("a", attempt, file)).Refusal?.Code);

        var status = await _world.StatusAsync("a");
        Assert.Equal(("Rejected", "LG-2008"), (status.State, status.ReasonCode));
        Assert.Equal(DeliveryState.Cancelled.ToString(), Assert.Single(status.Deliveries).State);
        Assert.DoesNotContain(_world.Spool.Paths, path => path.Contains(payload, StringComparison.Ordinal));
        Assert.Equal("LG-2009", (await _world.PutAsync("a", attempt, 0, file)).Refusal?.Code);
        Assert.Equal("LG-2009", (await _world.CommitAsync("a", attempt, file)).Refusal?.Code);
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a") with { FileName = "new.csv" }, file)).Value?.State);
    }

    [Fact]
    public async Task What_takes_long_to_verify_is_asked_for_again()
    {
        var file = Bytes(3 * ChunkSize);
        var goOn = new TaskCompletionSource();
        _world.Store.BeforeRead = (_, _) => new ValueTask(goOn.Task);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        for (var index = 0; index < 3; index++) await _world.PutAsync("a", attempt, index, file);

        var commit = _world.CommitAsync("a", attempt, file);
        await Waiting.UntilAsync(() => _world.Time.Waiting > 0, "patience");
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        var verifying = await commit;

        Assert.Equal("Verifying", verifying.Value?.State);
        Assert.InRange(verifying.Value!.RetryAfterSeconds!.Value, 1, 600);
        Assert.Equal("Verifying", (await _world.StatusAsync("a")).State);
        goOn.SetResult();
        Assert.Equal("Accepted", (await _world.CommitAsync("a", attempt, file)).Value?.State);
        Assert.Equal(
            ["Open", "Verifying", "Accepted"],
            (await _world.Journal.EventsAsync(Identity("a"), Never)).Where(e => e.DeliveryId is null).Select(e => e.To));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_back_leaves_the_transfer_verifying()
    {
        var file = Bytes(3 * ChunkSize);
        var reads = 0;
        var broken = true;
        _world.Store.BeforeRead = (_, _) =>
            Volatile.Read(ref broken) && Interlocked.Increment(ref reads) > 0 ? throw new StorageException(StorageFailure.Unavailable, "told to") : default;
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        for (var index = 0; index < 3; index++) await _world.PutAsync("a", attempt, index, file);

        var commit = await _world.CommitAsync("a", attempt, file);

        Assert.Equal("Verifying", commit.Value?.State);
        Assert.InRange(reads, 1, 10);
        Volatile.Write(ref broken, false);
        Assert.Equal("Accepted", (await _world.CommitAsync("a", attempt, file)).Value?.State);
    }

    [Fact]
    public async Task An_upload_goes_on_after_a_restart()
    {
        var file = Bytes(4 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        await _world.PutAsync("a", attempt, 2, file);

        await using var restarted = new CoreWorld(parts: new WorldParts { Journal = _world.Journal, Spool = _world.Spool, Time = _world.Time, Seed = 2 });
        Assert.Equal([new ByteRange(0, ChunkSize), new ByteRange(2 * ChunkSize, ChunkSize)], (await restarted.StatusAsync("a")).Held);
        await restarted.PutAsync("a", attempt, 1, file);
        await restarted.PutAsync("a", attempt, 3, file);

        Assert.Equal("Accepted", (await restarted.CommitAsync("a", attempt, file)).Value?.State);
        Assert.Equal(file, await restarted.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task A_cancelled_upload_goes_and_frees_its_id()
    {
        var file = Bytes(2 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        TestBody? body = null;
        var hanging = _world.PutAsync("a", attempt, 0, file, bytes => body = new TestBody(bytes) { HangAt = 30_000 });
        await body!.Hanging;

        var cancelled = await _world.CancelAsync("a");

        Assert.Equal("Cancelled", cancelled.Value?.State);
        Assert.Equal("cancelled", Assert.Single(cancelled.Value!.Deliveries).Outcome);
        Assert.Equal("LG-2003", (await hanging).Refusal?.Code);
        Assert.Empty(_world.Spool.Paths);
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a"), Bytes(9, seed: 3))).Value?.State);
    }

    [Fact]
    public async Task An_accepted_transfer_can_be_cancelled_before_it_goes_out_and_keeps_its_id()
    {
        var file = Bytes(100);
        await _world.SubmitAsync(Manifest("a", file), file);

        var cancelled = await _world.CancelAsync("a");

        Assert.Equal("Cancelled", cancelled.Value?.State);
        Assert.Equal("LG-2009", (await _world.SubmitAsync(Manifest("a", file), file)).Refusal?.Code);
        Assert.Equal("LG-2009", (await _world.OpenAsync(Manifest("a", file))).Refusal?.Code);
    }

    [Fact]
    public async Task An_upload_expires_after_seven_days_of_silence()
    {
        var file = Bytes(2 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        _world.Time.Advance(TimeSpan.FromDays(5));
        await _world.PutAsync("a", attempt, 0, file);
        _world.Time.Advance(TimeSpan.FromDays(5));
        Assert.Equal(0, await _world.Maintenance.ExpireAsync(Never));
        _world.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await _world.Maintenance.ExpireAsync(Never));

        Assert.Equal("Expired", (await _world.StatusAsync("a")).State);
        Assert.Empty(_world.Spool.Paths);
        Assert.Equal("LG-2009", (await _world.PutAsync("a", attempt, 1, file)).Refusal?.Code);
        Assert.Equal(2, (await _world.OpenAsync(Manifest("a"))).Value!.Attempt);
    }

    [Fact]
    public async Task Uploads_expire_although_the_journal_failed_for_a_while()
    {
        await _world.OpenAsync(Manifest("a"));
        _world.Time.Advance(TimeSpan.FromDays(8));
        var failures = 0;
        _world.Journal.BeforeCommit = _ =>
        {
            if (failures++ < 2) throw new StorageException(StorageFailure.Unavailable, "told to");
        };
        using var stop = new CancellationTokenSource();
        var running = _world.Maintenance.RunAsync(stop.Token);

        await _world.DriveAsync(() => failures > 2, "another sweep");
        await Waiting.UntilAsync(async () => (await _world.StatusAsync("a")).State == "Expired", () => "expiry");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Payloads_that_no_transfer_names_are_removed_at_start()
    {
        var file = Bytes(2 * ChunkSize);
        await _world.SubmitAsync(Manifest("a"), file);
        var orphan = new string('0', 32);
        await _world.Store.CreateAsync(orphan, 10, Never);

        Assert.Equal(1, await _world.Maintenance.RemoveOrphansAsync(Never));

        Assert.Equal(file, await _world.StoredAsync(Identity("a")));
    }
}
