using LinkGateway.Core.Files;

namespace LinkGateway.Server.TestSeams;

/// <summary>A file system with a seam before and behind each step.</summary>
sealed class SeamFileSystem(IFileSystem files, IFileSeam seam) : IFileSystem
{
    public async ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken) =>
        new SeamFile(await DoAsync(FileStep.Create, path, () => files.CreateAsync(path, preallocate, cancellationToken)), seam, path);

    public async ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken) =>
        new SeamFile(await DoAsync(FileStep.Open, path, () => files.OpenAsync(path, writable, cancellationToken)), seam, path);

    public ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken) =>
        DoAsync(FileStep.Rename, source, () => files.RenameAsync(source, target, replace, cancellationToken));

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken) =>
        DoAsync(FileStep.Delete, path, () => files.DeleteAsync(path, cancellationToken));

    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken) =>
        DoAsync(FileStep.Look, path, () => files.ExistsAsync(path, cancellationToken));

    public ValueTask CreateDirectoryAsync(string path, CancellationToken cancellationToken) =>
        DoAsync(FileStep.CreateDirectory, path, () => files.CreateDirectoryAsync(path, cancellationToken));

    public ValueTask FlushDirectoryAsync(string path, CancellationToken cancellationToken) =>
        DoAsync(FileStep.FlushDirectory, path, () => files.FlushDirectoryAsync(path, cancellationToken));

    public ValueTask<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken) =>
        DoAsync(FileStep.Look, path, () => files.ListAsync(path, cancellationToken));

    async ValueTask DoAsync(FileStep step, string path, Func<ValueTask> action)
    {
        await seam.BeforeAsync(step, path);
        await action();
        seam.After(step);
    }

    async ValueTask<T> DoAsync<T>(FileStep step, string path, Func<ValueTask<T>> action)
    {
        await seam.BeforeAsync(step, path);
        var result = await action();
        seam.After(step);
        return result;
    }
}
