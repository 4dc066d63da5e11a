using LinkGateway.Core.Files;

namespace LinkGateway.Testing.Files;

/// <summary>An open file of a <see cref="RecordingFileSystem"/>; works on after its name is gone.</summary>
sealed class RecordingFile(RecordingFileSystem fileSystem, MemoryFile file, string path, bool writable) : IFileHandle
{
    bool _closed;

    public ValueTask<long> LengthAsync(CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        return new(fileSystem.Read(() => file.Length));
    }

    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        if (!writable) throw new StorageException(StorageFailure.ReadOnly, path);
        var copy = data.ToArray();
        var operation = new FileOperation(FileOperationKind.Write, path) { File = file.Number, Offset = offset, Data = copy };
        fileSystem.Record(operation, () => file.Write(offset, copy));
        return default;
    }

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        return new(fileSystem.Read(() => file.Read(offset, buffer.Span)));
    }

    public void StartWriteBack(long offset, long length)
    {
        // Promises nothing, so there is nothing to record.
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        fileSystem.Record(new FileOperation(FileOperationKind.Flush, path) { File = file.Number }, () => { });
        return default;
    }

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return default;
    }

    void Check(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
