using System.Buffers;
using LinkGateway.Core.Files;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Storage.Files;

/// <summary>Payloads as spool files: one file a payload, the plain bytes at their offsets.</summary>
/// <remarks>
/// A payload lies at <c>{directory}/{first two digits of its id}/{id}.bin</c>; the sub-folders keep folders small. The file is reserved at
/// its expected size and written in place; bytes count only once the journal lists their chunk, so what a broken chunk left is simply
/// written over. Thread-safe.
/// </remarks>
public sealed class FilePayloadStore : IPayloadStore, IAsyncDisposable
{
    /// <summary>What the store is called where its trouble is told.</summary>
    public const string Name = "spool";

    const int IdLength = 32;
    const string Extension = ".bin";

    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    readonly IFileSystem _fileSystem;
    readonly string _directory;
    readonly FilePayloadStoreOptions _options;
    readonly SpoolFileCache _files;

    /// <summary>Makes a store over a folder, which is created when needed.</summary>
    /// <param name="fileSystem">Where the files lie.</param>
    /// <param name="directory">Absolute path of the spool folder; nothing else may lie in it.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public FilePayloadStore(IFileSystem fileSystem, string directory, FilePayloadStoreOptions? options = null)
    {
        _fileSystem = fileSystem;
        _directory = directory;
        _options = options ?? new FilePayloadStoreOptions();
        _files = new SpoolFileCache(fileSystem, _options.IdleHandles);
    }

    /// <inheritdoc/>
    /// <exception cref="StorageException"><see cref="StorageFailure.Full"/> when <paramref name="expectedSize"/> does not fit.</exception>
    public async ValueTask CreateAsync(string payloadId, long? expectedSize, CancellationToken cancellationToken)
    {
        var folder = FolderOf(payloadId);
        using var watched = _options.Watch?.Begin(Name);
        await _fileSystem.CreateDirectoryAsync(folder, cancellationToken);
        var handle = await _fileSystem.CreateAsync(PathOf(payloadId), expectedSize ?? 0, cancellationToken);
        await handle.DisposeAsync();
        await _fileSystem.FlushDirectoryAsync(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IChunkWriter> OpenChunkAsync(string payloadId, long offset, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new SpoolChunkWriter(await _files.RentAsync(PathOf(payloadId), cancellationToken), offset, _options);
    }

    /// <inheritdoc/>
    public async ValueTask<IPayloadReader> OpenReaderAsync(string payloadId, CancellationToken cancellationToken) =>
        new SpoolReader(await _files.RentAsync(PathOf(payloadId), cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string payloadId, CancellationToken cancellationToken)
    {
        var path = PathOf(payloadId);
        await _files.ForgetAsync(path);
        await _fileSystem.DeleteAsync(path, cancellationToken);
        try
        {
            await _fileSystem.FlushDirectoryAsync(FolderOf(payloadId), cancellationToken);
        }
        catch (StorageException exception) when (exception.Failure == StorageFailure.NotFound)
        {
            // No folder, so no payload either.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        for (var prefix = 0; prefix < 256; prefix++)
        {
            foreach (var name in await _fileSystem.ListAsync(Path.Combine(_directory, $"{prefix:x2}"), cancellationToken))
            {
                if (name.EndsWith(Extension, StringComparison.Ordinal) && IsId(name.AsSpan(0, name.Length - Extension.Length)))
                {
                    ids.Add(name[..IdLength]);
                }
            }
        }

        return ids;
    }

    /// <summary>Closes the files that nobody uses; those in use are closed by their last user.</summary>
    public ValueTask DisposeAsync() => _files.DisposeAsync();

    static bool IsId(ReadOnlySpan<char> id) => id.Length == IdLength && !id.ContainsAnyExcept(LowerHex);

    string FolderOf(string payloadId)
    {
        // The id becomes a path: whatever is not one of ours must not get that far.
        if (!IsId(payloadId)) throw new ArgumentException("A payload id has 32 lower-case hexadecimal digits.", nameof(payloadId));
        return Path.Combine(_directory, payloadId[..2]);
    }

    string PathOf(string payloadId) => Path.Combine(FolderOf(payloadId), payloadId + Extension);
}
