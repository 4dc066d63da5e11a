using LinkGateway.Core.Files;

namespace LinkGateway.Core.Tests.World;

/// <summary>A file system whose operations take their time, so that what must not come between two of them gets its chance.</summary>
sealed class SlowFileSystem(IFileSystem inner, Func<Task>? beforeRename = null, Func<string, Task>? beforeCreate = null) : IFileSystem
{
    public async ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken)
    {
        if (beforeCreate is not null) await beforeCreate(path);
        return await inner.CreateAsync(path, preallocate, cancellationToken);
    }

    public ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken) =>
        inner.OpenAsync(path, writable, cancellationToken);

    public async ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken)
    {
        if (beforeRename is not null) await beforeRename();
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
