using LinkGateway.Contract.Watching;
using LinkGateway.Core.Files;

namespace LinkGateway.Storage.Files;

/// <summary>Folders of the operating system, as they look. Links and devices are not seen. Thread-safe.</summary>
public sealed class PhysicalFolderView : IFolderView
{
    static readonly EnumerationOptions PlainFiles = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device | FileAttributes.Directory,
        IgnoreInaccessible = false,
        MatchType = MatchType.Simple,
    };

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FileFacts>> LookAsync(string folder, CancellationToken cancellationToken) => Guard(
        folder,
        () =>
        {
            var files = new List<FileFacts>();
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", PlainFiles))
                if (FactsOf(file) is { } facts) files.Add(facts);
            return (IReadOnlyList<FileFacts>)files;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<FileFacts?> FindAsync(string path, CancellationToken cancellationToken) =>
        Guard(path, () => FactsOf(new FileInfo(path)), cancellationToken);

    // A file may go between the listing of its name and the look at it.
    static FileFacts? FactsOf(FileInfo file) => file.Exists && (file.Attributes & PlainFiles.AttributesToSkip) == 0
        ? new FileFacts(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc))
        : null;

    static ValueTask<T> Guard<T>(string path, Func<T> look, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(look());
        }
        catch (Exception exception) when (FileErrors.IsFileError(exception))
        {
            throw FileErrors.From(exception, path);
        }
    }
}
