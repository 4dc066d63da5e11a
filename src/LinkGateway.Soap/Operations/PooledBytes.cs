using System.Buffers;
using System.IO.Pipelines;

namespace LinkGateway.Soap.Operations;

/// <summary>Bytes gathered from a pipe into one pooled array, up to a limit.</summary>
struct PooledBytes : IDisposable
{
    const int FirstSize = 8 * 1024;

    byte[]? _array;
    int _length;

    public readonly ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _length);

    /// <summary>Reads a pipe to its end.</summary>
    /// <returns>The bytes, or null where there are more than the limit; what was read until then is lost.</returns>
    public static async ValueTask<PooledBytes?> GatherAsync(PipeReader source, int limit, CancellationToken ct)
    {
        var bytes = default(PooledBytes);
        try
        {
            while (true)
            {
                var read = await source.ReadAsync(ct);
                var buffer = read.Buffer;
                var fits = buffer.Length <= limit - bytes._length;
                if (fits)
                    bytes.Append(buffer, limit);
                source.AdvanceTo(fits ? buffer.End : buffer.Start);
                if (!fits)
                    return null;
                if (read.IsCompleted)
                {
                    var whole = bytes;
                    bytes = default;
                    return whole;
                }
            }
        }
        finally
        {
            bytes.Dispose();
        }
    }

    /// <summary>Takes a copy of more bytes; the caller has seen to it that all fit into the limit.</summary>
    public void Append(in ReadOnlySequence<byte> more, int limit)
    {
        var needed = _length + (int)more.Length;
        if (_array is null || needed > _array.Length)
        {
            // Doubling keeps the copying linear; the limit keeps the last step from going far beyond what is allowed.
            var grown = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min(Math.Max(FirstSize, 2 * _length), limit)));
            Memory.Span.CopyTo(grown);
            if (_array is not null)
                ArrayPool<byte>.Shared.Return(_array);
            _array = grown;
        }
        more.CopyTo(_array.AsSpan(_length));
        _length = needed;
    }

    public void Dispose()
    {
        if (_array is not null)
            ArrayPool<byte>.Shared.Return(_array);
        this = default;
    }
}
