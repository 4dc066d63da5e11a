using LinkGateway.Core.Files;

namespace LinkGateway.Storage.Tests.Files;

/// <summary>Counts open files and can hold flushes until a test lets them go.</summary>
sealed class CountingFileSystem(IFileSystem inner) : IFileSystem, IDisposable
{
    readonly SemaphoreSlim _held = new(0);
    int _open;
    int _opened;

    public int Open => _open;

    public int Opened => _opened;

    public bool HoldFlushes { get; init; }

    public SemaphoreSlim FlushBegan { get; } = new(0);

    public void Release() => _held.Release();

    public void Dispose()
    {
        _held.Dispose();
        FlushBegan.Dispose();
    }

    public ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken) =>
        inner.CreateAsync(path, preallocate, cancellationToken);

    public async ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken)
    {
        var handle = await inner.OpenAsync(path, writable, cancellationToken);
        Interlocked.Increment(ref _open);
        Interlocked.Increment(ref _opened);
        return new Handle(this, handle);
    }

    public ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken) =>
        inner.RenameAsync(source, target, replace, cancellationToken);

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken) => inner.DeleteAsync(path, cancellationToken);

    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken) => inner.ExistsAsync(path, cancellationToken);

    public ValueTask CreateDirectoryAsync(string path, CancellationToken cancellationToken) =>
        inner.CreateDirectoryAsync(path, cancellationToken);

    public ValueTask FlushDirectoryAsync(string path, CancellationToken cancellationToken) =>
        inner.FlushDirectoryAsync(path, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken) =>
        inner.ListAsync(path, cancellationToken);

    sealed class Handle(CountingFileSystem owner, IFileHandle inner) : IFileHandle
    {
        public ValueTask<long> LengthAsync(CancellationToken cancellationToken) => inner.LengthAsync(cancellationToken);

        public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
            inner.WriteAsync(offset, data, cancellationToken);

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
            inner.ReadAsync(offset, buffer, cancellationToken);

        public void StartWriteBack(long offset, long length) => inner.StartWriteBack(offset, length);

        public async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            if (owner.HoldFlushes)
            {
                owner.FlushBegan.Release();
                await owner._held.WaitAsync(cancellationToken);
            }

            await inner.FlushAsync(cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref owner._open);
            return inner.DisposeAsync();
        }
    }
}
