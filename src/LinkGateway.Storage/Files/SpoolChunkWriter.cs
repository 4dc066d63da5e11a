using LinkGateway.Core.Files;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Storage.Files;

/// <summary>Writes one chunk straight through to its place in the spool file.</summary>
sealed class SpoolChunkWriter(SpoolFileCache.Lease lease, long offset, FilePayloadStoreOptions options) : IChunkWriter
{
    readonly int _failedFlushesAtBegin = lease.File.FailedFlushes;
    long _end = offset;
    long _handedBack = offset;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        using var watched = options.Watch?.Begin(FilePayloadStore.Name);
        await lease.File.Handle.WriteAsync(_end, data, cancellationToken);
        _end += data.Length;
        if (_end - _handedBack < options.WriteBackBytes) return;

        lease.File.Handle.StartWriteBack(_handedBack, _end - _handedBack);
        _handedBack = _end;
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        using var watched = options.Watch?.Begin(FilePayloadStore.Name);
        await lease.File.FlushAsync().WaitAsync(cancellationToken);
        if (lease.File.FailedFlushes != _failedFlushesAtBegin)
        {
            throw new StorageException(StorageFailure.Unavailable, "A flush of the spool file failed while the chunk was being written.");
        }
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();
}
