namespace LinkGateway.Core.Files;

/// <summary>An open file, read and written at offsets.</summary>
/// <remarks>Different ranges may be used in parallel. Failures are <see cref="StorageException"/>.</remarks>
public interface IFileHandle : IAsyncDisposable
{
    /// <summary>Length in bytes.</summary>
    ValueTask<long> LengthAsync(CancellationToken cancellationToken);

    /// <summary>Writes all of <paramref name="data"/> at <paramref name="offset"/>.</summary>
    ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Reads up to the buffer's length; 0 only at the end of the file.</summary>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Starts write-back of a range without waiting for it, so that a later flush is short. May do nothing.</summary>
    void StartWriteBack(long offset, long length);

    /// <summary>Makes all bytes written so far durable (fsync).</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
