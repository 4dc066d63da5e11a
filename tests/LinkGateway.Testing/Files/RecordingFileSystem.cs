using LinkGateway.Core.Files;

namespace LinkGateway.Testing.Files;

/// <summary>
/// A file system in memory that records every operation in order and knows what each of them leaves open to loss.
/// </summary>
/// <remarks>
/// <para>Use: run what is to be tested over it; look at <see cref="Operations"/> for the order; put <see cref="Mark"/> where the tested
/// code has promised something; then run recovery over each of <see cref="CrashStates"/> and check that what was promised before the point
/// of the crash is there.</para>
/// <para>The model of a power loss (no stronger than what POSIX file systems promise):</para>
/// <list type="bullet">
/// <item>A write that its file's flush does not follow is kept, dropped, or torn: each of its 512-byte sectors is kept or not, and the file
/// may have grown all the same (then with zeros). Writes are lost independently of each other and of their order.</item>
/// <item>A name that was made, renamed or taken away, without a flush of its folder after it, is kept or not, independently of other names;
/// but changes of the same name keep their order. Flushing a file does not flush its name.</item>
/// <item>A rename is atomic: both names change or none. Across folders it is certain only when both folders were flushed after it.</item>
/// <item>What a failed flush should have saved stays open for ever: a later flush that succeeds does not cover it, as on Linux.</item>
/// <item>Folders are durable when made, as <see cref="IFileSystem.CreateDirectoryAsync"/> promises. Reserved space is not modelled.</item>
/// </list>
/// <para>Paths use <c>/</c>. Every call ends before it returns. Thread-safe; deterministic when its callers are.</para>
/// </remarks>
public sealed class RecordingFileSystem : IFileSystem
{
    readonly Lock _gate = new();
    readonly List<FileOperation> _operations = [];
    readonly FileTree _base;
    readonly FileTree _tree;

    /// <summary>An empty file system with the folder <c>/</c>.</summary>
    public RecordingFileSystem()
        : this(new FileTree())
    {
    }

    RecordingFileSystem(FileTree found)
    {
        _base = found;
        _tree = found.Clone();
    }

    /// <summary>Everything done so far, in order.</summary>
    public IReadOnlyList<FileOperation> Operations
    {
        get
        {
            lock (_gate) return [.. _operations];
        }
    }

    /// <summary>Asked before each operation; a failure that it answers is thrown, and the operation is not done.</summary>
    public Func<FileOperation, StorageFailure?>? Fault { get; set; }

    /// <summary>Paths of all files, ordinal order.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate) return [.. _tree.Names.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Notes that the tested code has promised something at this point, such as an answer it gave.</summary>
    public void Mark(string text) => Record(new FileOperation(FileOperationKind.Mark, text), () => { });

    /// <summary>The bytes of a file as a running program sees them.</summary>
    public byte[] Content(string path)
    {
        lock (_gate) return _tree.Find(path).ToArray();
    }

    /// <summary>The marks that were set before a point.</summary>
    public IReadOnlyList<string> MarksBefore(int point) =>
        [.. Operations.Take(point).Where(o => o.Kind == FileOperationKind.Mark).Select(o => o.Path)];

    /// <summary>
    /// Legal states after power losses at points all over the record: every point when there are enough states, else random ones.
    /// </summary>
    /// <param name="seed">The same seed gives the same states.</param>
    /// <param name="count">Number of states.</param>
    public IEnumerable<CrashState> CrashStates(int seed, int count)
    {
        var random = new Random(seed);
        var points = Operations.Count + 1;
        for (var i = 0; i < count; i++)
        {
            var point = count >= points ? i % points : random.Next(points);
            yield return new CrashState(point, PowerLoss(random, point));
        }
    }

    /// <summary>A legal state after a power loss.</summary>
    /// <param name="random">Decides what is lost.</param>
    /// <param name="point">Operations done before it; null for all.</param>
    public RecordingFileSystem PowerLoss(Random random, int? point = null)
    {
        lock (_gate) return new(CrashModel.PowerLoss(_base, _operations[..(point ?? _operations.Count)], random));
    }

    /// <summary>The state after the program alone was killed: the operating system lives on and nothing is lost.</summary>
    /// <param name="point">Operations done before it; null for all.</param>
    public RecordingFileSystem Kill(int? point = null)
    {
        lock (_gate) return new(CrashModel.Kill(_base, _operations[..(point ?? _operations.Count)]));
    }

    /// <inheritdoc/>
    public ValueTask<IFileHandle> CreateAsync(string path, long preallocate, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _tree.RequireFolderOf(path);
            if (_tree.Names.ContainsKey(path)) throw new StorageException(StorageFailure.AlreadyExists, path);
            var file = _tree.NextFile;
            Record(new FileOperation(FileOperationKind.Create, path) { File = file }, () => _tree.Create(path));
            return new(new RecordingFile(this, _tree.Names[path], path, writable: true));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IFileHandle> OpenAsync(string path, bool writable, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return new(new RecordingFile(this, _tree.Find(path), path, writable));
    }

    /// <inheritdoc/>
    public ValueTask RenameAsync(string source, string target, bool replace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var file = _tree.Find(source);
            _tree.RequireFolderOf(target);
            if (!replace && _tree.Names.ContainsKey(target)) throw new StorageException(StorageFailure.AlreadyExists, target);
            var operation = new FileOperation(FileOperationKind.Rename, source) { Target = target, File = file.Number };
            Record(operation, () => _tree.Rename(source, target, file));
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_tree.Names.TryGetValue(path, out var file)) return default;
            Record(new FileOperation(FileOperationKind.Delete, path) { File = file.Number }, () => _tree.Names.Remove(path));
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return new(_tree.Names.ContainsKey(path));
    }

    /// <inheritdoc/>
    public ValueTask CreateDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_tree.Folders.Contains(path)) return default;
            Record(new FileOperation(FileOperationKind.CreateDirectory, path), () => _tree.CreateFolder(path));
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask FlushDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_tree.Folders.Contains(path)) throw new StorageException(StorageFailure.NotFound, path);
            Record(new FileOperation(FileOperationKind.FlushDirectory, path), () => { });
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var names = _tree.Names.Keys.Where(name => FileTree.FolderOf(name) == path).Select(name => Path.GetFileName(name));
            return new((IReadOnlyList<string>)[.. names.Order(StringComparer.Ordinal)]);
        }
    }

    /// <summary>Reads under the lock that orders all operations.</summary>
    internal T Read<T>(Func<T> read)
    {
        lock (_gate) return read();
    }

    /// <summary>Records an operation and does it, or fails as <see cref="Fault"/> says.</summary>
    internal void Record(FileOperation operation, Action perform)
    {
        lock (_gate)
        {
            if (Fault?.Invoke(operation) is { } failure)
            {
                if (operation.Kind == FileOperationKind.Flush) _operations.Add(operation with { Kind = FileOperationKind.FailedFlush });
                throw new StorageException(failure, $"{operation} was told to fail.");
            }

            perform();
            _operations.Add(operation);
        }
    }
}
