using LinkGateway.Core.Files;

namespace LinkGateway.Simulation.Hosts;

/// <summary>A host's file system as one life sees it: slow, full or failing as the weather is, and gone with the life.</summary>
sealed class HostFiles(Host host, Simulation.Timing.Life life) : IFileSystem
{
    public async ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        return Wrap(await host.Disk.CreateAsync(path, preallocate, cancellationToken), path);
    }

    public async ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        return Wrap(await host.Disk.OpenAsync(path, writable, cancellationToken), path);
    }

    public async ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        await host.Disk.RenameAsync(source, target, replace, cancellationToken);
        host.Night.Trace.Write(host.Id, $"renames {source} to {target}");
        host.Renamed(target);
        await AfterAsync();
    }

    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        if (host.Rows.ClaimantOf(path) is { } transfer)
            host.Night.Fail($"{host.Id}: the payload that {transfer.Identity} claims is deleted");
        await host.Disk.DeleteAsync(path, cancellationToken);
        await AfterAsync();
    }

    public async ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        return await host.Disk.ExistsAsync(path, cancellationToken);
    }

    public async ValueTask CreateDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        await host.Disk.CreateDirectoryAsync(path, cancellationToken);
    }

    public async ValueTask FlushDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        await host.Disk.FlushDirectoryAsync(path, cancellationToken);
        await AfterAsync();
    }

    public async ValueTask<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await host.Disk.ListAsync(path, cancellationToken);
    }

    /// <summary>The time that an operation takes before it is done. A life that ends in it has not done it.</summary>
    internal Task BeforeAsync(CancellationToken cancellationToken) => host.Weather.DiskAsync(life.Loop, host.Dice, cancellationToken);

    /// <summary>The time from the deed to the answer. A life that ends in it has done it and does not know.</summary>
    internal Task AfterAsync() => host.Weather.DiskAsync(life.Loop, host.Dice, CancellationToken.None);

    HostFile Wrap(IFileHandle file, string path) => new(this, host, file, path);
}
