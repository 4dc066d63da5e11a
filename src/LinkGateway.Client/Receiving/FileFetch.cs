using System.Buffers;
using System.Security.Cryptography;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.Client.Receiving;

/// <summary>
/// Fetches a file chunk by chunk under a lease, from where an earlier run was killed, until it is whole, verified and flushed.
/// </summary>
/// <remarks>
/// The gateway's digest of each chunk is checked as it comes. The whole's is computed from what was written, and so are the chunk digests
/// that make the root: bytes that a disk changed in between do not pass. Memory is one buffer.
/// </remarks>
sealed class FileFetch : IDisposable
{
    const int BufferBytes = 256 * 1024;

    // What a crash may cost: so much is fetched again at most.
    const long BytesBetweenFlushes = 64L << 20;

    readonly BatchClient _client;
    readonly Repeater _repeater;
    readonly ReceiveFolder _folder;
    readonly Action<ReceiveState, long> _moved;
    readonly SafeFileHandle _file;
    readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly IncrementalHash _root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    ReceiveState _state;
    long _position;

    public FileFetch(
        BatchClient client, Repeater repeater, ReceiveFolder folder, ReceiveState state, Action<ReceiveState, long> moved)
    {
        (_client, _repeater, _folder, _state, _moved) = (client, repeater, folder, state, moved);
        var path = folder.PartPath(state);
        var begun = state.Held > 0 && File.Exists(path);
        // Room for the whole is taken at once: a full disk shows before hours of fetching.
        _file = File.OpenHandle(path, begun ? FileMode.Open : FileMode.Create, FileAccess.ReadWrite, FileShare.Read,
            FileOptions.Asynchronous, begun ? 0 : state.Size);
        if (!begun) _state = state with { Held = 0 };
    }

    /// <summary>The state as it was written down last.</summary>
    public ReceiveState State => _state;

    /// <summary>Whether the gateway answered with the lease in this run: then it is in force.</summary>
    public bool HasAnswered { get; private set; }

    /// <returns>Null when the file is whole; else why it is not.</returns>
    public async ValueTask<ReceiveStop?> RunAsync(CancellationToken cancellationToken)
    {
        if (!await ReadHeldAsync(cancellationToken)) return new ReceiveStop(ReceiveEnd.Damaged, "The bytes held are not there any more.");
        // Even of an empty file the gateway is asked, for the lease.
        while (_position < _state.Size || (_state.Size == 0 && !HasAnswered))
        {
            var length = Math.Min(_state.ChunkSize, _state.Size - _position);
            var answer = await _repeater.CallAsync(ct => FetchAsync(length, ct), cancellationToken);
            if (!answer.Answered) return ReceiveStop.From(answer);
            if (await HashChunkAsync(length, cancellationToken) != answer.Value.Sha256)
                return new ReceiveStop(ReceiveEnd.Damaged, $"What was written at {_position} is not what came.");
            _position += length;
            _moved(_state, _position);
            if (_position - _state.Held >= BytesBetweenFlushes) Flush();
        }

        Flush();
        return Verify();
    }

    public void Dispose()
    {
        _file.Dispose();
        _whole.Dispose();
        _root.Dispose();
    }

    async ValueTask<bool> ReadHeldAsync(CancellationToken cancellationToken)
    {
        if (RandomAccess.GetLength(_file) < _state.Held) return false;
        while (_position < _state.Held)
        {
            var length = Math.Min(_state.ChunkSize, _state.Held - _position);
            await HashChunkAsync(length, cancellationToken);
            _position += length;
        }

        return true;
    }

    async ValueTask<BatchAnswer<FetchResult>> FetchAsync(long length, CancellationToken cancellationToken)
    {
        var request = new FetchChunkRequest
        {
            DeliveryId = _state.DeliveryId,
            Lease = _state.Lease,
            Offset = _position,
            Length = length,
        };
        var answer = await _client.FetchChunkAsync(request, cancellationToken);
        if (!answer.Answered) return answer.WithoutValue<FetchResult>();
        await using var content = answer.Value;
        if (content.Result.Offset != _position || content.Result.Length != length)
        {
            return BatchAnswer<FetchResult>.Refused(new BatchRefusal("",
                $"Asked for {length} bytes at {_position}, the gateway answered {content.Result.Length} at {content.Result.Offset}.",
                FaultSide.Sender, null));
        }

        HasAnswered = true;
        // It comes before the bytes: whoever lost them, or was killed, could not go on without it before it has run out.
        if (_state.Lease != content.Result.Lease) Write(_state with { Lease = content.Result.Lease });
        return await CopyAsync(content, cancellationToken) is { } broken
            ? BatchAnswer<FetchResult>.InDoubt(broken)
            : BatchAnswer<FetchResult>.With(content.Result);
    }

    /// <returns>What broke the answer off; null when it is whole. What the disk does is thrown.</returns>
    async ValueTask<string?> CopyAsync(FetchedContent content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var at = _position; ;)
            {
                int read;
                try
                {
                    read = await content.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken);
                }
                catch (IOException e)
                {
                    return e.Message;
                }

                if (read == 0) return null;
                await RandomAccess.WriteAsync(_file, buffer.AsMemory(0, read), at, cancellationToken);
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    async ValueTask<Sha256Digest> HashChunkAsync(long length, CancellationToken cancellationToken)
    {
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long done = 0; done < length;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(BufferBytes, length - done));
                var read = await RandomAccess.ReadAsync(_file, piece, _position + done, cancellationToken);
                if (read == 0) throw new IOException($"'{_folder.PartPath(_state)}' ended early.");
                chunk.AppendData(buffer, 0, read);
                _whole.AppendData(buffer, 0, read);
                done += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var digest = new Sha256Digest(chunk.GetHashAndReset());
        if (length > 0) _root.AppendData(digest.ToArray());
        return digest;
    }

    void Flush()
    {
        RandomAccess.FlushToDisk(_file);
        Write(_state with { Held = _position });
    }

    void Write(ReceiveState state)
    {
        _folder.Write(state);
        _state = state;
    }

    ReceiveStop? Verify()
    {
        if (new Sha256Digest(_whole.GetHashAndReset()) != _state.Sha256)
            return new ReceiveStop(ReceiveEnd.Damaged, $"The file does not have the announced SHA-256 {_state.Sha256}.");
        return new Sha256Digest(_root.GetHashAndReset()) == _state.Root
            ? null
            : new ReceiveStop(ReceiveEnd.Damaged, $"The file does not have the announced chunk root {_state.Root}.");
    }
}
