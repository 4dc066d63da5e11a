using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.LoadBench.Processes;

/// <summary>
/// The comparator of intake in the best shape known on this stack: the least that takes a body in on Kestrel with the same digests (whole,
/// and each 16 MiB) and a new file: large pool blocks, one copy into 1 MiB buffers, each hash and the write in a stage of its own. It knows
/// no SOAP, no MIME, no journal and no receipt.
/// </summary>
static class BareEndpoint
{
    const int BufferSize = 1 << 20;
    const long ChunkSize = 16 << 20;

    /// <summary>Serves until killed: <c>FOLDER fsync|nosync http|https</c>.</summary>
    public static Task RunAsync(string ready, string[] arguments)
    {
        var (folder, fsync, https) = (arguments[0], arguments[1] == "fsync", arguments[2] == "https");
        return BareServer.RunAsync(ready, AnswerAsync, largeBlocks: true, https);

        async Task AnswerAsync(HttpContext context)
        {
            var path = Path.Combine(folder, $"{Guid.NewGuid():N}.bare");
            await context.Response.WriteAsync(await TakeInAsync(context, path, fsync));
            File.Delete(path);
        }
    }

    static async Task<string> TakeInAsync(HttpContext context, string path, bool fsync)
    {
        using var handle = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, context.Request.ContentLength ?? 0);
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long written = 0;
        var stages = new[]
        {
            new Stage(block => whole.AppendData(block.Span)),
            new Stage(block => HashChunks(chunk, block)),
            new Stage(block =>
            {
                RandomAccess.Write(handle, block.Span, written);
                written += block.Length;
            }),
        };
        long offset = 0;
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            var length = await context.Request.Body.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false);
            if (length == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                break;
            }

            var block = new Block(buffer, length, offset, stages.Length);
            offset += length;
            foreach (var stage in stages) await stage.PostAsync(block);
        }

        foreach (var stage in stages) await stage.FinishAsync();
        if (fsync) RandomAccess.FlushToDisk(handle);
        return Convert.ToHexStringLower(whole.GetHashAndReset());
    }

    static void HashChunks(IncrementalHash hash, Block block)
    {
        hash.AppendData(block.Span);
        if ((block.Offset + block.Length) % ChunkSize == 0) hash.GetHashAndReset();
    }

    sealed class Block(byte[] bytes, int length, long offset, int users)
    {
        int _users = users;

        public int Length => length;

        public long Offset => offset;

        public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

        public void Release()
        {
            if (Interlocked.Decrement(ref _users) == 0) ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    sealed class Stage
    {
        readonly Channel<Block> _queue =
            Channel.CreateBounded<Block>(new BoundedChannelOptions(3) { SingleReader = true, SingleWriter = true });
        readonly Task _worker;

        public Stage(Action<Block> work) => _worker = Task.Run(async () =>
        {
            await foreach (var block in _queue.Reader.ReadAllAsync())
            {
                work(block);
                block.Release();
            }
        });

        public ValueTask PostAsync(Block block) => _queue.Writer.WriteAsync(block);

        public Task FinishAsync()
        {
            _queue.Writer.Complete();
            return _worker;
        }
    }
}
