using LinkGateway.Core.Files;
using LinkGateway.Core.Payloads;
using LinkGateway.Storage.Files;
using LinkGateway.Testing.Files;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Storage.Tests.Files;

public sealed class FilePayloadStoreTests : IAsyncDisposable
{
    const int ChunkSize = 4000;

    static readonly CancellationToken None = CancellationToken.None;

    readonly RecordingFileSystem _files = new();
    readonly FilePayloadStore _store;

    public FilePayloadStoreTests() => _store = new FilePayloadStore(_files, "/spool");

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_payloads_name_is_durable_when_it_was_created_and_a_chunk_when_it_was_completed()
    {
        var id = Id(0xab);
        await _store.CreateAsync(id, 10, None);
        await using (var chunk = await _store.OpenChunkAsync(id, 4, None))
        {
            await chunk.WriteAsync(new byte[3], None);
            await chunk.WriteAsync(new byte[2], None);
            await chunk.CompleteAsync(None);
        }

        Assert.Equal(
            ["CreateDirectory /spool/00", $"Create /spool/00/{id}.bin", "FlushDirectory /spool/00",
                $"Write /spool/00/{id}.bin 4+3", $"Write /spool/00/{id}.bin 7+2", $"Flush /spool/00/{id}.bin"],
            _files.Operations.Select(operation => operation.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_chunk_that_completed_is_intact_after_any_legal_loss(int seed)
    {
        var random = new Random(seed);
        string[] ids = [Id(1), Id(2)];
        foreach (var id in ids) await _store.CreateAsync(id, null, None);
        foreach (var step in Enumerable.Range(0, 24).OrderBy(_ => random.Next()))
        {
            var (payload, index) = (step % 2, step / 2);
            await using var chunk = await _store.OpenChunkAsync(ids[payload], index * ChunkSize, None);
            for (var done = 0; done < ChunkSize;)
            {
                var length = Math.Min(random.Next(1, 1500), ChunkSize - done);
                await chunk.WriteAsync(Pattern(payload, index).AsMemory(done, length), None);
                done += length;
            }

            if (random.Next(3) == 0) continue; // left unfinished
            await chunk.CompleteAsync(None);
            _files.Mark($"{payload} {index}");
        }

        foreach (var crash in _files.CrashStates(seed, 400))
        {
            await using var store = new FilePayloadStore(crash.FileSystem, "/spool");
            foreach (var mark in _files.MarksBefore(crash.Point).Select(text => text.Split(' ').Select(int.Parse).ToArray()))
            {
                Assert.Equal(Pattern(mark[0], mark[1]), await ReadAsync(store, ids[mark[0]], mark[1] * ChunkSize, ChunkSize));
            }
        }
    }

    [Fact]
    public async Task Without_the_flush_a_chunk_may_be_lost_so_the_check_above_can_fail()
    {
        await _store.CreateAsync(Id(1), null, None);
        await using var chunk = await _store.OpenChunkAsync(Id(1), 0, None);
        await chunk.WriteAsync(Pattern(0, 0), None);

        var lost = 0;
        foreach (var seed in Enumerable.Range(0, 50))
        {
            await using var store = new FilePayloadStore(_files.PowerLoss(new Random(seed)), "/spool");
            if (!(await ReadAsync(store, Id(1), 0, ChunkSize)).SequenceEqual(Pattern(0, 0))) lost++;
        }

        Assert.InRange(lost, 1, 50);
    }

    [Fact]
    public async Task Chunks_are_written_in_any_order_and_read_in_any_range()
    {
        await _store.CreateAsync(Id(1), 3 * ChunkSize, None);
        foreach (var index in new[] { 2, 0, 1 }) await WriteChunkAsync(_store, Id(1), index);

        var whole = Enumerable.Range(0, 3).SelectMany(index => Pattern(0, index)).ToArray();
        Assert.Equal(whole, await ReadAsync(_store, Id(1), 0, 3 * ChunkSize + 1));
        Assert.Equal(whole[3999..4001], await ReadAsync(_store, Id(1), 3999, 2));
        Assert.Empty(await ReadAsync(_store, Id(1), 3 * ChunkSize, 10));
    }

    [Fact]
    public async Task A_chunk_is_written_again_over_what_an_unfinished_writer_left()
    {
        await _store.CreateAsync(Id(1), null, None);
        await using (var broken = await _store.OpenChunkAsync(Id(1), 0, None)) await broken.WriteAsync(new byte[1000], None);
        await WriteChunkAsync(_store, Id(1), 0);
        Assert.Equal(Pattern(0, 0), await ReadAsync(_store, Id(1), 0, ChunkSize));
    }

    [Fact]
    public async Task A_writer_whose_bytes_were_there_when_a_flush_failed_cannot_complete_and_a_new_one_can()
    {
        await _store.CreateAsync(Id(1), null, None);
        await using var first = await _store.OpenChunkAsync(Id(1), 0, None);
        await using var second = await _store.OpenChunkAsync(Id(1), ChunkSize, None);
        await first.WriteAsync(Pattern(0, 0), None);
        await second.WriteAsync(Pattern(0, 1), None);

        _files.Fault = operation => operation.Kind == FileOperationKind.Flush ? StorageFailure.Unavailable : null;
        await Assert.ThrowsAsync<StorageException>(() => first.CompleteAsync(None).AsTask());
        _files.Fault = null;
        await Assert.ThrowsAsync<StorageException>(() => second.CompleteAsync(None).AsTask());

        await WriteChunkAsync(_store, Id(1), 1);
        for (var seed = 0; seed < 50; seed++)
        {
            await using var store = new FilePayloadStore(_files.PowerLoss(new Random(seed)), "/spool");
            Assert.Equal(Pattern(0, 1), await ReadAsync(store, Id(1), ChunkSize, ChunkSize));
        }
    }

    [Fact]
    public async Task A_deleted_payload_stays_deleted_and_readers_that_have_it_open_finish()
    {
        await _store.CreateAsync(Id(1), null, None);
        await WriteChunkAsync(_store, Id(1), 0);
        await using var reader = await _store.OpenReaderAsync(Id(1), None);
        await _store.DeleteAsync(Id(1), None);
        await _store.DeleteAsync(Id(1), None);

        var buffer = new byte[ChunkSize];
        Assert.Equal(ChunkSize, await reader.ReadAsync(0, buffer, None));
        var failure = await Assert.ThrowsAsync<StorageException>(() => _store.OpenReaderAsync(Id(1), None).AsTask());
        Assert.Equal(StorageFailure.NotFound, failure.Failure);
        for (var seed = 0; seed < 20; seed++) Assert.Empty(_files.PowerLoss(new Random(seed)).Paths);
    }

    [Fact]
    public async Task A_payload_that_never_was_is_deleted_without_error() => await _store.DeleteAsync(Id(1), None);

    [Fact]
    public async Task All_payloads_are_listed_and_nothing_else()
    {
        string[] ids = [Id(1), "ff" + Id(2)[2..], "0a" + Id(3)[2..]];
        foreach (var id in ids) await _store.CreateAsync(id, null, None);
        await (await _files.CreateAsync("/spool/ff/readme.bin", 0, None)).DisposeAsync();
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await _store.ListAsync(None)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("0000000000000000000000000000000G")]
    [InlineData("0000000000000000000000000000000A")]
    public async Task An_id_that_is_none_of_ours_is_refused(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.OpenReaderAsync(id, None).AsTask());

    [Fact]
    public async Task An_open_failure_is_not_remembered()
    {
        await Assert.ThrowsAsync<StorageException>(() => _store.OpenReaderAsync(Id(1), None).AsTask());
        await _store.CreateAsync(Id(1), null, None);
        await (await _store.OpenReaderAsync(Id(1), None)).DisposeAsync();
    }

    [Fact]
    public async Task Unused_files_are_kept_open_up_to_the_limit()
    {
        using var files = new CountingFileSystem(_files);
        await using (var store = new FilePayloadStore(files, "/spool", new FilePayloadStoreOptions { IdleHandles = 2 }))
        {
            for (var i = 0; i < 5; i++)
            {
                await store.CreateAsync(Id(i), null, None);
                await WriteChunkAsync(store, Id(i), 0);
            }

            Assert.Equal(2, files.Open);
            await WriteChunkAsync(store, Id(4), 1);
            Assert.Equal(5, files.Opened);
        }

        Assert.Equal(0, files.Open);
    }

    [Fact]
    public async Task Chunks_that_complete_while_a_flush_runs_share_the_next_one()
    {
        using var files = new CountingFileSystem(_files) { HoldFlushes = true };
        await using var store = new FilePayloadStore(files, "/spool");
        await store.CreateAsync(Id(1), null, None);
        var writers = new List<IChunkWriter>();
        for (var i = 0; i < 5; i++)
        {
            writers.Add(await store.OpenChunkAsync(Id(1), i * ChunkSize, None));
            await writers[i].WriteAsync(Pattern(0, i), None);
        }

        var first = writers[0].CompleteAsync(None).AsTask();
        await files.FlushBegan.WaitAsync();
        var others = writers.Skip(1).Select(writer => writer.CompleteAsync(None).AsTask()).ToList();
        Assert.DoesNotContain(others, task => task.IsCompleted);
        files.Release();
        await first;
        await files.FlushBegan.WaitAsync();
        Assert.DoesNotContain(others, task => task.IsCompleted);
        files.Release();
        await Task.WhenAll(others);

        Assert.Equal(2, _files.Operations.Count(operation => operation.Kind == FileOperationKind.Flush));
        foreach (var writer in writers) await writer.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_is_reported_before_the_transfer()
    {
        _files.Fault = operation => operation.Kind == FileOperationKind.Create ? StorageFailure.Full : null;
        var failure = await Assert.ThrowsAsync<StorageException>(() => _store.CreateAsync(Id(1), 1L << 40, None).AsTask());
        Assert.Equal(StorageFailure.Full, failure.Failure);
    }

    static byte[] Pattern(int payload, int index)
    {
        var bytes = new byte[ChunkSize];
        new Random(payload * 1000 + index).NextBytes(bytes);
        return bytes;
    }

    static async Task WriteChunkAsync(FilePayloadStore store, string id, int index)
    {
        await using var chunk = await store.OpenChunkAsync(id, index * ChunkSize, None);
        await chunk.WriteAsync(Pattern(0, index), None);
        await chunk.CompleteAsync(None);
    }

    static async Task<byte[]> ReadAsync(FilePayloadStore store, string id, long offset, int length)
    {
        await using var reader = await store.OpenReaderAsync(id, None);
        var buffer = new byte[length];
        var done = 0;
        while (done < length && await reader.ReadAsync(offset + done, buffer.AsMemory(done), None) is > 0 and var read) done += read;
        return buffer[..done];
    }
}
