using LinkGateway.Contract.Watching;

namespace LinkGateway.Core.Files;

/// <summary>
/// Looks at folders that others write into. Only plain files are seen: a link could lead to what the writer of the folder may not read.
/// </summary>
/// <remarks>Failures are <see cref="StorageException"/>. Thread-safe.</remarks>
public interface IFolderView
{
    /// <summary>The files in a folder.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.NotFound"/> when the folder is not there.</exception>
    ValueTask<IReadOnlyList<FileFacts>> LookAsync(string folder, CancellationToken cancellationToken);

    /// <summary>One file; null when it is not there.</summary>
    ValueTask<FileFacts?> FindAsync(string path, CancellationToken cancellationToken);
}
