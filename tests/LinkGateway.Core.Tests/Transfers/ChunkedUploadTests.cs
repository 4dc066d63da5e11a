using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
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

        var beyond = last with { Index = 64, Offset = 64 * ChunkSize };
        Assert.Equal("LG-2012", (await _world.PutAsync(beyond, new TestBody(default))).Refusal?.Code);
    }

    [Fact]
    public async Task An_upload_goes_on_after_a_restart()
    {
        var file = Bytes(4 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        await _world.PutAsync("a", attempt, 2, file);

        var left = new WorldParts { Journal = _world.Journal, Spool = _world.Spool, Time = _world.Time, Seed = 2 };
        await using var restarted = new CoreWorld(parts: left);
        Assert.Equal([new ByteRange(0, ChunkSize), new ByteRange(2 * ChunkSize, ChunkSize)], (await restarted.StatusAsync("a")).Held);
        await restarted.PutAsync("a", attempt, 1, file);
        await restarted.PutAsync("a", attempt, 3, file);

        Assert.Equal("Accepted", (await restarted.CommitAsync("a", attempt, file)).Value?.State);
        Assert.Equal(file, await restarted.StoredAsync(Identity("a")));
    }
}
