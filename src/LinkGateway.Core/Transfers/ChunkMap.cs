using System.Diagnostics;
using System.Security.Cryptography;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Transfers;

/// <summary>Which chunks of a payload are durable, with their digests.</summary>
/// <remarks>Thread-safe. Chunks are only ever added. Memory: about 48 bytes a chunk.</remarks>
public sealed class ChunkMap
{
    readonly Lock _lock = new();
    readonly long _chunkSize;
    ChunkRecord?[] _chunks = new ChunkRecord?[8];
    int _prefix;
    int _count;
    int _end;
    long _bytes;

    /// <summary>A map that holds <paramref name="chunks"/>.</summary>
    /// <param name="chunkSize">Chunk size in bytes.</param>
    /// <param name="chunks">What is durable so far.</param>
    public ChunkMap(long chunkSize, IEnumerable<ChunkRecord> chunks)
    {
        _chunkSize = chunkSize;
        foreach (var chunk in chunks) Add(chunk);
    }

    /// <summary>Number of chunks held from index 0 without a gap.</summary>
    public int Prefix
    {
        get { lock (_lock) return _prefix; }
    }

    /// <summary>Index after the last chunk held.</summary>
    public int End
    {
        get { lock (_lock) return _end; }
    }

    /// <summary>Bytes held.</summary>
    public long Bytes
    {
        get { lock (_lock) return _bytes; }
    }

    /// <summary>Enters a durable chunk; entering the same one again changes nothing.</summary>
    public void Add(ChunkRecord chunk)
    {
        lock (_lock)
        {
            if (chunk.Index >= _chunks.Length) Array.Resize(ref _chunks, Math.Max(chunk.Index + 1, _chunks.Length * 2));
            if (_chunks[chunk.Index] is { } held)
            {
                Debug.Assert(held == chunk, "A durable chunk never changes.");
                return;
            }

            _chunks[chunk.Index] = chunk;
            _count++;
            _bytes += chunk.Length;
            _end = Math.Max(_end, chunk.Index + 1);
            while (_prefix < _chunks.Length && _chunks[_prefix] is not null) _prefix++;
        }
    }

    /// <summary>The chunk of that index when it is held.</summary>
    public bool TryGet(int index, out ChunkRecord chunk)
    {
        lock (_lock)
        {
            chunk = default;
            if (index < 0 || index >= _chunks.Length || _chunks[index] is not { } held) return false;
            chunk = held;
            return true;
        }
    }

    /// <summary>Whether the chunks held are exactly a file of <paramref name="size"/> bytes.</summary>
    public bool IsWhole(long size)
    {
        lock (_lock) return _bytes == size && _count == _prefix && FitsLocked(size);
    }

    /// <summary>Whether each chunk held has the length that it must have in a file of <paramref name="size"/> bytes.</summary>
    public bool Fits(long size)
    {
        lock (_lock) return FitsLocked(size);
    }

    /// <summary>SHA-256 over the raw chunk digests in index order (DESIGN section 6); the map must be without gaps.</summary>
    public Sha256Digest Root()
    {
        lock (_lock)
        {
            Debug.Assert(_count == _prefix, "The root of a payload with gaps has no meaning.");
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
            for (var i = 0; i < _prefix; i++)
            {
                _chunks[i]!.Value.Sha256.CopyTo(bytes);
                hash.AppendData(bytes);
            }

            hash.GetHashAndReset(bytes);
            return new Sha256Digest(bytes);
        }
    }

    /// <summary>Ranges held, from the chunk that holds <paramref name="from"/> on, neighbours joined.</summary>
    /// <param name="from">First offset of interest.</param>
    /// <param name="limit">Most ranges wanted.</param>
    /// <param name="next">Where the list breaks off; null when it is complete.</param>
    public IReadOnlyList<ByteRange> Held(long from, int limit, out long? next)
    {
        lock (_lock) return Ranges(from, (long)_end * _chunkSize, wanted: true, limit, out next);
    }

    /// <summary>Ranges missing from a file of <paramref name="size"/> bytes, neighbours joined.</summary>
    public IReadOnlyList<ByteRange> Missing(long size, int limit, out long? next)
    {
        lock (_lock) return Ranges(0, size, wanted: false, limit, out next);
    }

    bool FitsLocked(long size)
    {
        for (var i = 0; i < _end; i++)
        {
            if (_chunks[i] is { } chunk && chunk.Length != ChunkSizing.LengthOf(i, _chunkSize, size)) return false;
        }

        return true;
    }

    List<ByteRange> Ranges(long from, long end, bool wanted, int limit, out long? next)
    {
        List<ByteRange> ranges = [];
        next = null;
        for (var i = (int)Math.Min(from / _chunkSize, int.MaxValue - 1); i * _chunkSize < end; i++)
        {
            var held = i < _chunks.Length && _chunks[i] is not null;
            if (held != wanted) continue;
            var offset = i * _chunkSize;
            var length = held ? _chunks[i]!.Value.Length : Math.Min(_chunkSize, end - offset);
            if (ranges.Count > 0 && ranges[^1].End == offset)
            {
                ranges[^1] = ranges[^1] with { Length = ranges[^1].Length + length };
            }
            else if (ranges.Count == limit)
            {
                next = offset;
                return ranges;
            }
            else
            {
                ranges.Add(new ByteRange(offset, length));
            }
        }

        return ranges;
    }
}
