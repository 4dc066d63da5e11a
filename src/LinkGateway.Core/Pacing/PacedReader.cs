using System.Runtime.CompilerServices;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Pacing;

/// <summary>
/// A payload on its way out, no faster than its caps allow; ranges may be read in parallel. Where nothing is capped it costs nothing.
/// </summary>
sealed class PacedReader(IPayloadReader reader, BandwidthShare[] shares) : IPayloadReader
{
    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var slice = int.MaxValue;
        foreach (var share in shares) slice = Math.Min(slice, share.Bucket.Slice);
        return slice == int.MaxValue || buffer.IsEmpty
            ? reader.ReadAsync(offset, buffer, cancellationToken)
            : ReadSliceAsync(offset, buffer.Length > slice ? buffer[..slice] : buffer, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> ReadSliceAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        foreach (var share in shares) await share.Bucket.TakeAsync(share.Lane, buffer.Length, cancellationToken);
        var read = await reader.ReadAsync(offset, buffer, cancellationToken);
        if (read < buffer.Length)
        {
            foreach (var share in shares) share.Bucket.Return(buffer.Length - read);
        }

        return read;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (var share in shares) share.Bucket.Leave(share.Lane);
        return reader.DisposeAsync();
    }
}
