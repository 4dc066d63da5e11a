using System.Collections.Concurrent;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Watching;
using LinkGateway.Core.Files;
using LinkGateway.Testing.Files;

namespace LinkGateway.Core.Tests.Watches;

/// <summary>
/// Looks into a <see cref="RecordingFileSystem"/>, which keeps no times: the time of a file follows from its content, so that another
/// content has another time and a renamed file keeps its own.
/// </summary>
sealed class TestFolderView(RecordingFileSystem files) : IFolderView
{
    readonly ConcurrentDictionary<Sha256Digest, Sha256Digest> _disguises = [];

    /// <summary>Whether the folder is there.</summary>
    public bool IsMounted { get; set; } = true;

    /// <summary>Waited for before a file is looked for.</summary>
    public Func<string, Task>? BeforeFind { get; set; }

    public ValueTask<IReadOnlyList<FileFacts>> LookAsync(string folder, CancellationToken cancellationToken)
    {
        if (!IsMounted) throw new StorageException(StorageFailure.NotFound, $"{folder} is not there.");
        return ValueTask.FromResult<IReadOnlyList<FileFacts>>(
            [.. files.Paths.Where(path => Path.GetDirectoryName(path) == folder).Select(FactsIfThere).OfType<FileFacts>()]);
    }

    public async ValueTask<FileFacts?> FindAsync(string path, CancellationToken cancellationToken)
    {
        if (BeforeFind is not null) await BeforeFind(path);
        return FactsIfThere(path);
    }

    /// <summary>Gives a content the time of another.</summary>
    public void Disguise(byte[] content, byte[] other) => _disguises[Sha256Digest.Of(content)] = Sha256Digest.Of(other);

    // It may have gone since its name was read, as in a real folder.
    FileFacts? FactsIfThere(string path)
    {
        try
        {
            return FactsOf(path);
        }
        catch (StorageException e) when (e.Failure == StorageFailure.NotFound)
        {
            return null;
        }
    }

    FileFacts FactsOf(string path)
    {
        var content = files.Content(path);
        var digest = Sha256Digest.Of(content);
        var seconds = BitConverter.ToUInt16((_disguises.TryGetValue(digest, out var other) ? other : digest).ToArray());
        return new FileFacts(Path.GetFileName(path), content.Length, DateTimeOffset.UnixEpoch.AddSeconds(seconds));
    }
}
