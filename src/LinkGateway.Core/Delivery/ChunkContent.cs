using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Delivery;

/// <summary>The bytes of one chunk on their way out, read straight from the store.</summary>
/// <param name="reader">The payload.</param>
/// <param name="offset">Where the chunk begins in the payload.</param>
/// <param name="length">Its length in bytes.</param>
public sealed class ChunkContent(IPayloadReader reader, long offset, long length)
{
    /// <summary>Length in bytes.</summary>
    public long Length => length;

    /// <summary>Reads up to the buffer's length from <paramref name="position"/> (from 0) of the chunk; 0 only at its end.</summary>
    public ValueTask<int> ReadAsync(long position, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var left = length - position;
        if (left <= 0) return ValueTask.FromResult(0);
        return reader.ReadAsync(offset + position, left < buffer.Length ? buffer[..(int)left] : buffer, cancellationToken);
    }
}
