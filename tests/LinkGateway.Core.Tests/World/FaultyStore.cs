using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Tests.World;

/// <summary>A payload store that fails or waits where a test says so; else passes everything on.</summary>
sealed class FaultyStore(IPayloadStore inner) : IPayloadStore
{
    /// <summary>Done before every write of bytes: payload id, offset.</summary>
    public Func<string, long, ValueTask>? BeforeWrite { get; set; }

    /// <summary>Done before a chunk is made durable.</summary>
    public Func<string, long, ValueTask>? BeforeComplete { get; set; }

    /// <summary>Done before every read.</summary>
    public Func<string, long, ValueTask>? BeforeRead { get; set; }

    /// <summary>Done before a payload is removed.</summary>
    public Func<string, ValueTask>? BeforeDelete { get; set; }

    public ValueTask CreateAsync(string payloadId, long? expectedSize, CancellationToken cancellationToken) =>
        inner.CreateAsync(payloadId, expectedSize, cancellationToken);

    public async ValueTask<IChunkWriter> OpenChunkAsync(string payloadId, long offset, CancellationToken cancellationToken) =>
        new Writer(this, await inner.OpenChunkAsync(payloadId, offset, cancellationToken), payloadId, offset);

    public async ValueTask<IPayloadReader> OpenReaderAsync(string payloadId, CancellationToken cancellationToken) =>
        new Reader(this, await inner.OpenReaderAsync(payloadId, cancellationToken), payloadId);

    public async ValueTask DeleteAsync(string payloadId, CancellationToken cancellationToken)
    {
        if (BeforeDelete is { } before) await before(payloadId);
        await inner.DeleteAsync(payloadId, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    sealed class Writer(FaultyStore store, IChunkWriter inner, string payloadId, long offset) : IChunkWriter
    {
        public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            if (store.BeforeWrite is { } before) await before(payloadId, offset);
            await inner.WriteAsync(data, cancellationToken);
        }

        public async ValueTask CompleteAsync(CancellationToken cancellationToken)
        {
            if (store.BeforeComplete is { } before) await before(payloadId, offset);
            await inner.CompleteAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    sealed class Reader(FaultyStore store, IPayloadReader inner, string payloadId) : IPayloadReader
    {
        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (store.BeforeRead is { } before) await before(payloadId, offset);
            return await inner.ReadAsync(offset, buffer, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
