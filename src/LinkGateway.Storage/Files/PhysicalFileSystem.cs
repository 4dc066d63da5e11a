using LinkGateway.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace LinkGateway.Storage.Files;

/// <summary>The file system of the operating system.</summary>
/// <remarks>
/// <para>Linux: names are flushed by fsync of the folder, no-replace renames are <c>renameat2(RENAME_NOREPLACE)</c> (link and unlink where
/// the file system lacks it), preallocation is <c>fallocate(KEEP_SIZE)</c> (left out where the file system lacks it).</para>
/// <para>Windows and macOS: no preallocation and no early write-back; folders cannot be flushed through .NET there, so names are as durable
/// as the journal of their file system makes them; renames are those of .NET.</para>
/// <para>Thread-safe.</para>
/// </remarks>
/// <param name="mode">
/// Mode of new files on Unix, before the process's umask; new folders may be entered by those who may read. Default 0640: the group of a
/// receiving system may read what is published. Spool files want 0600.
/// </param>
public sealed class PhysicalFileSystem(
    UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead) : IFileSystem
{
    const FileShare ShareAll = FileShare.ReadWrite | FileShare.Delete;

    /// <inheritdoc/>
    public ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(preallocate);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = ShareAll, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        return Guard(path, () =>
        {
            var handle = new FileStream(path, options).SafeFileHandle;
            if (preallocate > 0 && OperatingSystem.IsLinux()) Reserve(handle, path, preallocate);
            return (IFileHandle)new PhysicalFile(handle, path);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken) =>
        Guard(path, () =>
        {
            var access = writable ? FileAccess.ReadWrite : FileAccess.Read;
            return (IFileHandle)new PhysicalFile(File.OpenHandle(path, FileMode.Open, access, ShareAll), path);
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken) =>
        await Guard(source, () =>
        {
            if (!replace && OperatingSystem.IsLinux()) RenameWithoutReplacing(source, target);
            else File.Move(source, target, replace);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken) =>
        await Guard(path, () =>
        {
            // File.Delete reports a missing folder, which is as good as a missing file.
            if (Directory.Exists(Path.GetDirectoryName(path))) File.Delete(path);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken) =>
        Guard(path, () => File.Exists(path), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CreateDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null) return;
        if (!Directory.Exists(path))
        {
            await CreateDirectoryAsync(parent, cancellationToken);
            await Guard(path, () => CreateFolder(path), cancellationToken);
        }

        // Also when it existed: whoever made it may not have come to the flush.
        await FlushDirectoryAsync(parent, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask FlushDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) return;
        var errno = await Task.Run(() => LinuxCalls.FlushDirectory(path), cancellationToken);

        // Network file systems that cannot flush a folder answer EINVAL; their server orders names itself.
        if (errno is not (0 or LinuxCalls.InvalidArgument)) throw FileErrors.FromErrno(errno, path);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken) =>
        Guard(path, () =>
        {
            if (!Directory.Exists(path)) return (IReadOnlyList<string>)[];
            var names = new List<string>();
            foreach (var file in Directory.EnumerateFiles(path)) names.Add(Path.GetFileName(file));
            names.Sort(StringComparer.Ordinal);
            return names;
        }, cancellationToken);

    static ValueTask<T> Guard<T>(string path, Func<T> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(action());
        }
        catch (Exception exception) when (FileErrors.IsFileError(exception))
        {
            throw FileErrors.From(exception, path);
        }
    }

    static void Reserve(SafeFileHandle handle, string path, long length)
    {
        // Asked first: fallocate takes all that there is before it fails, and meanwhile nobody else could write.
        var room = new DriveInfo(path).AvailableFreeSpace;
        var errno = length > room ? LinuxCalls.NoSpace : LinuxCalls.Reserve(handle, length);
        if (errno is 0 or LinuxCalls.NotSupported or LinuxCalls.NotImplemented) return;
        handle.Dispose();
        File.Delete(path);
        throw FileErrors.FromErrno(errno, path);
    }

    static void RenameWithoutReplacing(string source, string target)
    {
        var errno = LinuxCalls.RenameWithoutReplacing(source, target);
        if (errno is LinuxCalls.NotImplemented or LinuxCalls.InvalidArgument)
        {
            // A crash between the two leaves both names; the publication's restart finds the target and removes the source.
            errno = LinuxCalls.AddName(source, target);
            if (errno == 0) File.Delete(source);
        }

        if (errno != 0) throw FileErrors.FromErrno(errno, $"{source} -> {target}");
    }

    DirectoryInfo CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path);
        var enter = UnixFileMode.UserExecute;
        if (mode.HasFlag(UnixFileMode.GroupRead)) enter |= UnixFileMode.GroupExecute;
        if (mode.HasFlag(UnixFileMode.OtherRead)) enter |= UnixFileMode.OtherExecute;
        return Directory.CreateDirectory(path, mode | enter);
    }
}
