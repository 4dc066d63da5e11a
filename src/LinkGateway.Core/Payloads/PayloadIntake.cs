using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Ports;

namespace LinkGateway.Core.Payloads;

/// <summary>
/// Takes the bytes of an upload in: cut into chunks, hashed by chunk and as a whole, written, and made durable chunk by chunk while the
/// next chunk is received.
/// </summary>
/// <remarks>
/// Bytes are copied once, from the receive buffers into blocks of 256 KiB: measured cheaper than gathering small segments. With a
/// scheduler the two hashes and the write are stages of their own (one upload then uses both cores); without one they run in line, which
/// costs less when there are as many uploads as cores. At most <c>blocks in flight</c> × 256 KiB are held, whatever the size of the file.
/// </remarks>
sealed class PayloadIntake : IAsyncDisposable
{
    // Enough to hide a flush behind the reception of the next chunks, which share it; the bytes themselves are out of our hands by then.
    const int MaxSealing = 4;

    readonly IIntakeTarget _target;
    readonly IScheduler _scheduler;
    readonly long _chunkSize;
    readonly IncrementalHash _chunkHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly IncrementalHash? _wholeHash;
    readonly IntakeStage[] _stages;
    readonly CancellationToken _cancellation;
    readonly List<IntakeChunk> _unsealed = [];
    readonly Queue<Task> _sealing = [];
    IntakeBlock? _block;
    IntakeChunk? _chunk;
    int _nextIndex;

    /// <summary>Prepares to take in bytes from the beginning of chunk <paramref name="firstIndex"/> on.</summary>
    /// <param name="target">Where chunks go.</param>
    /// <param name="scheduler">Runs the sealing of chunks, and the stages when <paramref name="staged"/>.</param>
    /// <param name="staged">True: hashes and write beside the receiver.</param>
    /// <param name="firstIndex">Index of the first chunk.</param>
    /// <param name="chunkSize">Chunk size in bytes.</param>
    /// <param name="hashWhole">Whether the digest of all bytes is wanted too.</param>
    /// <param name="cancellationToken">Cancels the upload: the sender is gone, or a newer attempt took over.</param>
    public PayloadIntake(
        IIntakeTarget target,
        IScheduler scheduler,
        bool staged,
        int firstIndex,
        long chunkSize,
        bool hashWhole,
        CancellationToken cancellationToken)
    {
        (_target, _scheduler, _nextIndex, _chunkSize, _cancellation) = (target, scheduler, firstIndex, chunkSize, cancellationToken);
        _wholeHash = hashWhole ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var stageScheduler = staged ? scheduler : null;
        List<IntakeStage> stages = [new(stageScheduler, HashChunk, Release), new(stageScheduler, WriteAsync, Release)];
        if (hashWhole) stages.Add(new IntakeStage(stageScheduler, HashWhole, Release));
        _stages = [.. stages];
    }

    /// <summary>Bytes received so far.</summary>
    public long Length { get; private set; }

    /// <summary>Takes in <paramref name="data"/>, which is free again afterwards.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            var block = _block ??= await NextBlockAsync();
            var room = (int)Math.Min(block.Bytes.Length - block.Length, _chunkSize - block.Chunk.Length);
            var taken = Math.Min(room, data.Length);
            data.Span[..taken].CopyTo(block.Bytes.AsSpan(block.Length));
            block.Length += taken;
            block.Chunk.Length += taken;
            Length += taken;
            data = data[taken..];
            if (block.Chunk.Length == _chunkSize) await EndChunkAsync();
            else if (block.Length == block.Bytes.Length) await PostAsync();
        }
    }

    /// <summary>Takes in everything up to the end of <paramref name="source"/>, but at most <paramref name="limit"/> bytes.</summary>
    /// <returns>False when the source holds more than the limit.</returns>
    public async ValueTask<bool> AppendAllAsync(PipeReader source, long limit)
    {
        while (true)
        {
            var read = await source.ReadAsync(_cancellation);
            if (Length + read.Buffer.Length > limit)
            {
                source.AdvanceTo(read.Buffer.End);
                return false;
            }

            foreach (var segment in read.Buffer) await AppendAsync(segment);
            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return true;
        }
    }

    /// <summary>Ends the last chunk and waits until all are durable.</summary>
    public async ValueTask<IntakeResult> CompleteAsync()
    {
        if (_chunk is not null) await EndChunkAsync();
        foreach (var stage in _stages) await stage.FinishAsync();
        while (_sealing.TryDequeue(out var seal)) await seal;
        return new IntakeResult(Length, _wholeHash is null ? null : Take(_wholeHash));
    }

    /// <summary>Stops the stages and gives back what they hold. Writers belong to the target.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_block is { } open)
        {
            _block = null;
            PayloadBuffers.Return(open.Bytes);
        }

        foreach (var stage in _stages) await QuietlyAsync(stage.FinishAsync());
        lock (_unsealed) _unsealed.ForEach(chunk => chunk.Abandon());
        foreach (var seal in _sealing) await QuietlyAsync(seal);
        _chunkHash.Dispose();
        _wholeHash?.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<IntakeBlock> NextBlockAsync()
    {
        if (_chunk is null)
        {
            _chunk = new IntakeChunk(_nextIndex, await _target.BeginChunkAsync(_nextIndex, _cancellation));
            lock (_unsealed) _unsealed.Add(_chunk);
            _nextIndex++;
        }

        return new IntakeBlock(PayloadBuffers.Rent(), _chunk);
    }

    async ValueTask EndChunkAsync()
    {
        var chunk = _chunk!;
        _block ??= await NextBlockAsync();
        _block.EndsChunk = true;
        await PostAsync();
        _chunk = null;

        // Chunks are sealed while the next ones are received; the wait here is the back-pressure of a slow disk, and hands failures on.
        while (_sealing.Count == MaxSealing || (_sealing.TryPeek(out var oldest) && oldest.IsCompleted)) await _sealing.Dequeue();
        _sealing.Enqueue(_scheduler.Run(() => SealAsync(chunk)));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask PostAsync()
    {
        var block = _block!;
        _block = null;
        block.SetUsers(_stages.Length);
        var posted = 0;
        try
        {
            foreach (var stage in _stages)
            {
                posted++;
                await stage.PostAsync(block, _cancellation);
            }
        }
        catch
        {
            for (; posted < _stages.Length; posted++) Release(block);
            throw;
        }
    }

    async Task SealAsync(IntakeChunk chunk)
    {
        var digest = await chunk.Digest;
        await chunk.Written;
        await _target.EndChunkAsync(chunk.Index, chunk.Length, digest, _cancellation);
        lock (_unsealed) _unsealed.Remove(chunk);
    }

    ValueTask HashChunk(IntakeBlock block)
    {
        _chunkHash.AppendData(block.Memory.Span);
        if (block.EndsChunk) block.Chunk.Hashed(Take(_chunkHash));
        return ValueTask.CompletedTask;
    }

    ValueTask HashWhole(IntakeBlock block)
    {
        Debug.Assert(_wholeHash is not null, "The stage exists only where the whole is hashed.");
        _wholeHash.AppendData(block.Memory.Span);
        return ValueTask.CompletedTask;
    }

    async ValueTask WriteAsync(IntakeBlock block)
    {
        try
        {
            if (block.Chunk.Writer is { } writer && block.Length > 0) await writer.WriteAsync(block.Memory, _cancellation);
        }
        catch (Exception e)
        {
            block.Chunk.WriteFailed(e);
            throw;
        }

        if (block.EndsChunk) block.Chunk.WriteEnded();
    }

    static Sha256Digest Take(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        hash.GetHashAndReset(bytes);
        return new Sha256Digest(bytes);
    }

    static void Release(IntakeBlock block)
    {
        if (block.Release()) PayloadBuffers.Return(block.Bytes);
    }

    static async Task QuietlyAsync(Task task)
    {
        // The failure has gone to the caller of AppendAsync or CompleteAsync; here only its end matters.
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
