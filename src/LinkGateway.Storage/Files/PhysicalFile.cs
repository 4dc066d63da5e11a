using LinkGateway.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.Storage.Files;

/// <summary>An open file of the operating system.</summary>
/// <remarks>
/// Reads and writes go to the page cache and run on the caller's thread: handed to the thread pool they were measured to be no faster.
/// A flush waits for the device, so it leaves the caller's thread.
/// </remarks>
sealed class PhysicalFile(SafeFileHandle handle, string path) : IFileHandle
{
    public ValueTask<long> LengthAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(RandomAccess.GetLength(handle));
        }
        catch (Exception exception) when (FileErrors.IsFileError(exception))
        {
            throw FileErrors.From(exception, path);
        }
    }

    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            RandomAccess.Write(handle, data.Span, offset);
            return default;
        }
        catch (Exception exception) when (FileErrors.IsFileError(exception))
        {
            throw FileErrors.From(exception, path);
        }
    }

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(RandomAccess.Read(handle, buffer.Span, offset));
        }
        catch (Exception exception) when (FileErrors.IsFileError(exception))
        {
            throw FileErrors.From(exception, path);
        }
    }

    public void StartWriteBack(long offset, long length)
    {
        if (OperatingSystem.IsLinux()) LinuxCalls.StartWriteBack(handle, offset, length);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => new(Task.Run(Flush, cancellationToken));

    public ValueTask DisposeAsync()
    {
        handle.Dispose();
        return default;
    }

    void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(handle);
        }
        catch (Exception exception) when (FileErrors.IsFileError(exception))
        {
            throw FileErrors.From(exception, path);
        }
    }
}
