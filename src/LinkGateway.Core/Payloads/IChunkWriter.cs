namespace LinkGateway.Core.Payloads;

/// <summary>
/// Writes one chunk in order. One user at a time. Disposing before <see cref="CompleteAsync"/> leaves nothing that counts.
/// </summary>
public interface IChunkWriter : IAsyncDisposable
{
    /// <summary>Appends <paramref name="data"/>; the memory is free again when the call has ended.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Makes the chunk durable.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
