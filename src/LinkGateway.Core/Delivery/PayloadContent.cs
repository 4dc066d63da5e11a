using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// A payload, or some of its chunks, on its way out, read straight from the store. Every chunk is checked against its digest before its
/// last bytes are given out, so that what the disk has changed never arrives as if it were whole.
/// </summary>
/// <param name="reader">The payload; stays the caller's.</param>
/// <param name="chunkSize">Its chunk size.</param>
/// <param name="chunks">Chunks that follow each other, by index.</param>
public sealed class PayloadContent(IPayloadReader reader, long chunkSize, IReadOnlyList<ChunkRecord> chunks) : IDisposable
{
    readonly long _start = chunks.Count == 0 ? 0 : chunks[0].Index * chunkSize;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long _position;
    int _chunk;

    /// <summary>Length in bytes.</summary>
    public long Length { get; } = chunks.Sum(chunk => chunk.Length);

    /// <summary>Index of the chunk whose stored bytes are not what was accepted; null as long as none was found.</summary>
    internal int? Damaged { get; private set; }

    /// <summary>Why the store could not be read; null as long as it could.</summary>
    internal StorageException? Failure { get; private set; }

    /// <summary>
    /// Reads up to the buffer's length from <paramref name="position"/>; 0 only at the end. Positions follow each other; 0 begins anew.
    /// </summary>
    /// <exception cref="StorageException">The store cannot be read, or its bytes are damaged.</exception>
    public async ValueTask<int> ReadAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (position == 0) BeginAnew();
        if (position != _position) throw new InvalidOperationException($"Byte {_position} comes next, not {position}.");
        if (position == Length || buffer.IsEmpty) return 0;
        var chunk = chunks[_chunk];
        var end = (chunk.Index * chunkSize) + chunk.Length - _start;
        var read = await ReadAsync(buffer[..(int)Math.Min(buffer.Length, end - position)], cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        _position += read;
        if (read == 0 || (_position == end && Finish() != chunk.Sha256)) throw Damage(chunk.Index);
        if (_position == end) _chunk++;
        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(_start + _position, buffer, cancellationToken);
        }
        catch (StorageException e)
        {
            Failure = e;
            throw;
        }
    }

    void BeginAnew()
    {
        (_position, _chunk) = (0, 0);
        Finish();
    }

    Sha256Digest Finish()
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        _hash.GetHashAndReset(bytes);
        return new Sha256Digest(bytes);
    }

    StorageException Damage(int chunk)
    {
        Damaged = chunk;
        return new StorageException(StorageFailure.Unavailable, $"The stored bytes of chunk {chunk} are damaged.");
    }
}
