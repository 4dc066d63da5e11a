using LinkGateway.Core.Files;

namespace LinkGateway.Core.Tests.World;

/// <summary>A file system whose renames take their time, so that what must not come between two of them gets its chance.</summary>
sealed class SlowFileSystem(IFileSystem inner, Func<Task> beforeRename) : IFileSystem
{
    public ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken) =>
        inner.CreateAsync(path, preallocate, cancellationToken);

    public ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken) =>
        inner.OpenAsync(path, writable, cancellationToken);

    public async ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken)
    {
        await beforeRename();
        await inner.RenameAsync(source, target, replace, cancellationToken);
    }

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken) => inner.DeleteAsync(path, cancellationToken);

    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken) => inner.ExistsAsync(path, cancellationToken);

    public ValueTask CreateDirectoryAsync(string path, CancellationToken cancellationToken) =>
        inner.CreateDirectoryAsync(path, cancellationToken);

    public ValueTask FlushDirectoryAsync(string path, CancellationToken cancellationToken) =>
        inner.FlushDirectoryAsync(path, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken) =>
        inner.ListAsync(path, cancellationToken);
}
