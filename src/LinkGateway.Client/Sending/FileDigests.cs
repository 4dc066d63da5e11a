using System.Buffers;
using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.Client.Sending;

/// <summary>Digests of a file's chunks and of the whole, computed while it is read once, in order. Not thread-safe.</summary>
sealed class FileDigests(SafeFileHandle file, ChunkMap map) : IDisposable
{
    const int BufferBytes = 256 * 1024;

    readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Sha256Digest[] _chunks = new Sha256Digest[map.Count];

    public Sha256Digest this[int index] => _chunks[index];

    /// <summary>Reads the next chunk for both digests. Chunks are added in order, each once.</summary>
    /// <returns>False where the file ended early.</returns>
    public async ValueTask<bool> AddAsync(int index, CancellationToken cancellationToken)
    {
        // A payload of one chunk has one digest (DESIGN section 7).
        var whole = map.Count == 1 ? null : _whole;
        if (await HashAsync(index, whole, cancellationToken) is not { } digest) return false;
        _chunks[index] = digest;
        return true;
    }

    /// <summary>Whether the chunk, read again, still has the digest found first.</summary>
    public async ValueTask<bool> StillHoldsAsync(int index, CancellationToken cancellationToken) =>
        await HashAsync(index, null, cancellationToken) == _chunks[index];

    /// <summary>The digest of the whole file; after all chunks were added.</summary>
    public Sha256Digest Whole()
    {
        if (map.Count == 1) return _chunks[0];
        Span<byte> digest = stackalloc byte[Sha256Digest.Size];
        _whole.GetCurrentHash(digest);
        return new Sha256Digest(digest);
    }

    public void Dispose() => _whole.Dispose();

    async ValueTask<Sha256Digest?> HashAsync(int index, IncrementalHash? whole, CancellationToken cancellationToken)
    {
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var (offset, left) = (map.OffsetOf(index), map.LengthOf(index));
            while (left > 0)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, BufferBytes));
                var read = await RandomAccess.ReadAsync(file, piece, offset, cancellationToken);
                if (read == 0) return null;
                chunk.AppendData(buffer, 0, read);
                whole?.AppendData(buffer, 0, read);
                offset += read;
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Finish(chunk);
    }

    static Sha256Digest Finish(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Size];
        hash.GetHashAndReset(digest);
        return new Sha256Digest(digest);
    }
}
