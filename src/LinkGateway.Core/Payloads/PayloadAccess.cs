using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Payloads;

/// <summary>Opens a transfer's payload for reading, wherever it lies: in the journal or in the store.</summary>
sealed class PayloadAccess(IJournal journal, IPayloadStore store)
{
    /// <summary>Opens the payload of <paramref name="transfer"/>.</summary>
    /// <exception cref="StorageException">It is not there.</exception>
    public async ValueTask<IPayloadReader> OpenAsync(TransferRecord transfer, CancellationToken cancellationToken)
    {
        // An empty file that was opened and committed never sent a byte.
        if (transfer.Size == 0) return new InlineReader(default);
        if (transfer.PayloadRemovedAt is { } removedAt)
            throw new StorageException(StorageFailure.NotFound, $"Payload {transfer.PayloadId} was removed at {removedAt:O}.");
        if (!transfer.Inline) return await store.OpenReaderAsync(transfer.PayloadId, cancellationToken);
        var bytes = await journal.InlinePayloadAsync(transfer.PayloadId, cancellationToken);
        return bytes is { } held
            ? new InlineReader(held)
            : throw new StorageException(StorageFailure.NotFound, $"Inline payload {transfer.PayloadId} is not in the journal.");
    }

    sealed class InlineReader(ReadOnlyMemory<byte> bytes) : IPayloadReader
    {
        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            var length = (int)Math.Clamp(bytes.Length - offset, 0, buffer.Length);
            if (length > 0) bytes.Slice((int)offset, length).CopyTo(buffer);
            return ValueTask.FromResult(length);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
