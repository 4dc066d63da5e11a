using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Timing;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// Computes the digest of a whole file whose chunks come in any order: follows the contiguous prefix, reading back what has just been
/// written (it is still in the page cache). After a restart it begins again from byte 0, beside everything else.
/// </summary>
sealed class PrefixHasher(CoreServices services, PayloadAccess payloads, LiveTransfer transfer)
{
    readonly Lock _lock = new();
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long _hashed;
    int _next;
    bool _running;
    bool _failed;
    bool _stopped;

    /// <summary>Pulses when it has come to a rest.</summary>
    public AsyncSignal Rested { get; } = new();

    /// <summary>Bytes hashed so far.</summary>
    public long Hashed
    {
        get { lock (_lock) return _hashed; }
    }

    /// <summary>True when it rests because the store could not be read; to follow on is to try again.</summary>
    public bool Failed
    {
        get { lock (_lock) return _failed; }
    }

    /// <summary>Follows on to what has become durable.</summary>
    public void Follow()
    {
        lock (_lock)
        {
            if (_running || _stopped || transfer.Chunks.Prefix <= _next) return;
            (_running, _failed) = (true, false);
        }

        _ = services.Scheduler.Run(RunAsync);
    }

    /// <summary>The digest when exactly <paramref name="size"/> bytes have been hashed.</summary>
    public Sha256Digest? DigestOf(long size)
    {
        lock (_lock)
        {
            if (_running || _stopped || _hashed != size) return null;
            Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
            _hash.GetCurrentHash(bytes);
            return new Sha256Digest(bytes);
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (_stopped) return;
            _stopped = true;
            if (!_running) _hash.Dispose();
        }
    }

    async Task RunAsync()
    {
        var buffer = PayloadBuffers.Rent();
        try
        {
            await using var reader = await payloads.OpenAsync(transfer.Record!, CancellationToken.None);
            while (NextChunk() is { } chunk) await HashAsync(reader, chunk, buffer);
        }
        catch (Files.StorageException)
        {
            // The store cannot be read now. The commit that waits answers Verifying, and its repetition follows on from here.
            lock (_lock) _failed = true;
        }
        finally
        {
            PayloadBuffers.Return(buffer);
            lock (_lock)
            {
                _running = false;
                if (_stopped) _hash.Dispose();
            }

            Rested.Pulse();
        }
    }

    ChunkRecord? NextChunk()
    {
        lock (_lock) return !_stopped && transfer.Chunks.TryGet(_next, out var chunk) ? chunk : null;
    }

    async Task HashAsync(IPayloadReader reader, ChunkRecord chunk, byte[] buffer)
    {
        var offset = _hashed;
        var end = (chunk.Index * transfer.Record!.ChunkSize) + chunk.Length;
        while (offset < end)
        {
            var wanted = (int)Math.Min(buffer.Length, end - offset);
            var read = await reader.ReadAsync(offset, buffer.AsMemory(0, wanted), CancellationToken.None);
            if (read == 0)
                throw new Files.StorageException(
                    Files.StorageFailure.Unavailable, $"Payload {transfer.Record!.PayloadId} is shorter than its journal.");
            _hash.AppendData(buffer.AsSpan(0, read));
            offset += read;

            // What was hashed counts even if the next read fails: the digest must never see a byte twice.
            lock (_lock) _hashed = offset;
        }

        lock (_lock) _next = chunk.Index + 1;
    }
}
