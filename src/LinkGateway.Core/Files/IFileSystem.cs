namespace LinkGateway.Core.Files;

/// <summary>
/// The operations on files whose order decides what survives a crash. Everything that Core and the payload store keep in files goes through
/// here, so that a recording or simulated file system can check the order and lose what was not yet flushed.
/// </summary>
/// <remarks>
/// Paths are absolute. A name (created, renamed, deleted) is durable only after <see cref="FlushDirectoryAsync"/> of its folder; bytes only
/// after <see cref="IFileHandle.FlushAsync"/>. Failures are <see cref="StorageException"/>. Thread-safe.
/// </remarks>
public interface IFileSystem
{
    /// <summary>Creates a new file for reading and writing.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="preallocate">Bytes to reserve, 0 for none; the file's length stays 0.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StorageException">
    /// <see cref="StorageFailure.AlreadyExists"/> when it exists, <see cref="StorageFailure.Full"/> …
    /// </exception>
    ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken);

    /// <summary>Opens an existing file.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.NotFound"/> when it is not there.</exception>
    ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken);

    /// <summary>Renames atomically within one file system.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Its new path.</param>
    /// <param name="replace">
    /// False: fail with <see cref="StorageFailure.AlreadyExists"/> when <paramref name="target"/> exists, atomically.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken);

    /// <summary>Deletes a file; no error when it is not there.</summary>
    ValueTask DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>Whether a file of that path exists.</summary>
    ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken);

    /// <summary>Creates a folder and its parents, durably; no error when it exists.</summary>
    ValueTask CreateDirectoryAsync(string path, CancellationToken cancellationToken);

    /// <summary>Makes names in the folder durable (fsync of the directory).</summary>
    ValueTask FlushDirectoryAsync(string path, CancellationToken cancellationToken);

    /// <summary>Names (without path) of the files in a folder, ordinal order; empty when the folder does not exist.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken);
}
