using System.Threading.Channels;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.Client.Sending;

/// <summary>Sends what is missing of a file, several chunks at once, and commits.</summary>
/// <remarks>
/// A chunk's digest stands before its bytes on the wire, so each chunk is read twice: once, in file order, for its digest and the whole
/// file's, and once more while it is sent. The second reading comes from the operating system's cache, as the first runs only one or two
/// chunks ahead of the senders. It spares keeping chunks in memory: what is held is one buffer for the digests and the network's own
/// buffers for each chunk in flight, a few MiB whatever the chunk size; and bytes that change in between cannot pass, because the gateway
/// checks the digest.
/// </remarks>
sealed class FileUpload : IDisposable
{
    // Commits that find chunks missing which the gateway had confirmed; more than a few rounds mean that it loses them.
    const int MaxRounds = 5;

    readonly UploadSession _session;
    readonly Repeater _repeater;
    readonly ProgressMeter _meter;
    readonly FlightControl _control;
    readonly string _path;
    readonly FileStamp _stamp;
    readonly SafeFileHandle _file;
    readonly ChunkMap _map;
    readonly FileDigests _digests;

    public FileUpload(
        UploadSession session, Repeater repeater, ProgressMeter meter, FileSenderOptions options, string path, FileStamp stamp)
    {
        (_session, _repeater, _meter, _path, _stamp) = (session, repeater, meter, path, stamp);
        _control = new FlightControl(options.MaxInFlight);
        _map = new ChunkMap(stamp.Size, session.Opened.ChunkSize);
        // Others may write: a change is noticed and told, not prevented.
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        _digests = new FileDigests(_file, _map);
    }

    /// <returns>The accepted receipt, or why there is none.</returns>
    public async ValueTask<(ReceiptEntry? Receipt, SendStop? Stop)> RunAsync(CancellationToken cancellationToken)
    {
        if (await _session.ReadHeldAsync(_map, cancellationToken) is { } cut) return (null, cut);
        _meter.Hold(_map.HeldBytes);
        _meter.Enter(SendPhase.Sending);
        if (await SendAsync(DigestAndSelectAsync, cancellationToken) is { } stop) return (null, stop);
        for (var round = 0; round < MaxRounds; round++)
        {
            if (!_stamp.Holds(_path)) return (null, SendStop.FileChanged);
            _meter.Enter(SendPhase.Committing);
            var digest = _digests.Whole();
            var answer = await _session.CommitAsync(_stamp.Size, digest, cancellationToken);
            if (!answer.Answered) return (null, SendStop.From(answer));
            if (answer.Value.Receipt is { } receipt) return (receipt, SendStop.Judge(receipt, _stamp.Size, digest));
            if (answer.Value.State != nameof(TransferState.Open)) return (null, Ended(answer.Value));
            _meter.Enter(SendPhase.Sending);
            if (await SendMissingAsync(answer.Value, cancellationToken) is { } again) return (null, again);
        }
        return (null, new SendStop(SendEnd.Unavailable, $"The gateway still misses chunks after {MaxRounds} rounds."));
    }

    public void Dispose()
    {
        _digests.Dispose();
        _file.Dispose();
    }

    static SendStop Ended(AcceptResult result) => new(SendEnd.Refused, $"The transfer is {result.State} at the gateway.");

    ValueTask<SendStop?> SendMissingAsync(AcceptResult result, CancellationToken cancellationToken)
    {
        foreach (var range in result.Missing) _map.Miss(range);
        _meter.Hold(_map.HeldBytes);
        return SendAsync(SelectMissingAsync, cancellationToken);
    }

    async ValueTask<SendStop?> SendAsync(
        Func<ChannelWriter<int>, CancellationToken, Task<SendStop?>> select, CancellationToken cancellationToken)
    {
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var chunks = Channel.CreateBounded<int>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        SendStop? stop = null;
        try
        {
            await Task.WhenAll(
                GuardAsync(() => SelectAsync(select, chunks.Writer, halt.Token)),
                GuardAsync(() => SendChunksAsync(chunks.Reader, halt.Token)));
        }
        catch (OperationCanceledException) when (stop is not null && !cancellationToken.IsCancellationRequested)
        {
        }
        if (stop is null) _map.HoldAll();
        return stop;

        // The first to stop or fail halts the other.
        async Task GuardAsync(Func<Task<SendStop?>> part)
        {
            try
            {
                if (await Task.Run(part, halt.Token) is not { } found) return;
                Interlocked.CompareExchange(ref stop, found, null);
                await halt.CancelAsync();
            }
            catch (Exception)
            {
                await halt.CancelAsync();
                throw;
            }
        }
    }

    static async Task<SendStop?> SelectAsync(
        Func<ChannelWriter<int>, CancellationToken, Task<SendStop?>> select, ChannelWriter<int> chunks, CancellationToken cancellationToken)
    {
        try
        {
            return await select(chunks, cancellationToken);
        }
        finally
        {
            chunks.Complete();
        }
    }

    async Task<SendStop?> DigestAndSelectAsync(ChannelWriter<int> chunks, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _map.Count; index++)
        {
            if (!await _digests.AddAsync(index, cancellationToken) || !_stamp.Holds(_path)) return SendStop.FileChanged;
            if (!_map.IsHeld(index)) await chunks.WriteAsync(index, cancellationToken);
        }
        return null;
    }

    async Task<SendStop?> SelectMissingAsync(ChannelWriter<int> chunks, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _map.Count; index++)
        {
            if (!_map.IsHeld(index)) await chunks.WriteAsync(index, cancellationToken);
        }
        return null;
    }

    async Task<SendStop?> SendChunksAsync(ChannelReader<int> chunks, CancellationToken cancellationToken)
    {
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<SentChunk>> flights = [];
        try
        {
            await foreach (var index in chunks.ReadAllAsync(halt.Token))
            {
                while (flights.Count >= _control.Window)
                {
                    if (await LandAsync(flights) is { } stop) return stop;
                }
                flights.Add(SendChunkAsync(index, halt.Token));
            }
            while (flights.Count > 0)
            {
                if (await LandAsync(flights) is { } stop) return stop;
            }
            return null;
        }
        finally
        {
            // None may outlive the file handle.
            await halt.CancelAsync();
            await ((Task)Task.WhenAll(flights)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async ValueTask<SendStop?> LandAsync(List<Task<SentChunk>> flights)
    {
        var landed = await Task.WhenAny(flights);
        flights.Remove(landed);
        var chunk = await landed;
        if (chunk.Repeated) _control.Troubled();
        else _control.Completed(chunk.Length, chunk.At);
        return chunk.Stop;
    }

    async Task<SentChunk> SendChunkAsync(int index, CancellationToken cancellationToken)
    {
        var request = _session.Chunk(index, _map.OffsetOf(index), _map.LengthOf(index), _digests[index]);
        var (changed, tries) = (false, 0);
        var answer = await _repeater.CallAsync(async ct =>
        {
            tries++;
            var put = await PutAsync(request, ct);
            // A wrong digest is the line's fault (then it is sent again) unless the file has other bytes by now.
            changed = !_stamp.Holds(_path) || (IsDigestMismatch(put) && !await _digests.StillHoldsAsync(index, ct));
            return changed || !IsDigestMismatch(put) ? put : BatchAnswer<PutChunkResult>.InDoubt(put.Reason);
        }, cancellationToken, abandon: () => changed);
        var stop = changed ? SendStop.FileChanged : answer.Answered ? null : SendStop.From(answer);
        return new SentChunk(request.Length, tries > 1, _session.Elapsed, stop);
    }

    async ValueTask<BatchAnswer<PutChunkResult>> PutAsync(PutChunkRequest request, CancellationToken cancellationToken)
    {
        var sent = 0L;
        var content = new UploadContent(request.Length, async (position, buffer, ct) =>
        {
            var read = await RandomAccess.ReadAsync(_file, buffer, request.Offset + position, ct);
            sent += read;
            _meter.Advance(read);
            return read;
        });
        var answer = await _session.PutAsync(request, content, cancellationToken);
        if (!answer.Answered) _meter.TakeBack(sent);
        else if (sent < request.Length) _meter.Skip(request.Length - sent);
        return answer;
    }

    static bool IsDigestMismatch(BatchAnswer<PutChunkResult> answer) => answer.Refusal?.Is(ErrorCatalogue.ChunkDigestMismatch) == true;

    readonly record struct SentChunk(long Length, bool Repeated, TimeSpan At, SendStop? Stop);
}
