namespace LinkGateway.Testing.Files;

/// <summary>Replays a record of operations and loses what may be lost; the rules stand at <see cref="RecordingFileSystem"/>.</summary>
static class CrashModel
{
    const int Sector = 512;

    public static FileTree Kill(FileTree found, IReadOnlyList<FileOperation> operations) =>
        Replay(found, operations, Enumerable.Repeat(true, operations.Count).ToArray(), tear: null);

    public static FileTree PowerLoss(FileTree found, IReadOnlyList<FileOperation> operations, Random random)
    {
        var settled = Settled(operations);

        // Decided per crash and not per operation: so it happens that nearly all or nearly nothing is lost, and not always about half.
        var keep = random.NextDouble();
        var kept = new bool[operations.Count];
        var orderedNames = new HashSet<string>(StringComparer.Ordinal);
        for (var i = operations.Count - 1; i >= 0; i--)
        {
            var names = NamesOf(operations[i]);
            kept[i] = settled[i] || orderedNames.Overlaps(names) || random.NextDouble() < keep;

            // A later change of a name that is on disk means that the earlier ones of that name are.
            if (kept[i]) orderedNames.UnionWith(names);
        }

        return Replay(found, operations, kept, i => !settled[i] ? random : null);
    }

    /// <summary>For each operation: whether flushes after it have made it certain.</summary>
    static bool[] Settled(IReadOnlyList<FileOperation> operations)
    {
        var settled = new bool[operations.Count];
        var flushedFiles = new HashSet<int>();
        var flushedFolders = new HashSet<string>(StringComparer.Ordinal);
        for (var i = operations.Count - 1; i >= 0; i--)
        {
            var operation = operations[i];
            switch (operation.Kind)
            {
                case FileOperationKind.Flush:
                    flushedFiles.Add(operation.File);
                    break;
                case FileOperationKind.FailedFlush:
                    flushedFiles.Remove(operation.File);
                    break;
                case FileOperationKind.FlushDirectory:
                    flushedFolders.Add(operation.Path);
                    break;
                case FileOperationKind.Write:
                    settled[i] = flushedFiles.Contains(operation.File);
                    break;
                default:
                    settled[i] = NamesOf(operation).All(name => flushedFolders.Contains(FileTree.FolderOf(name)));
                    break;
            }
        }

        return settled;
    }

    static string[] NamesOf(FileOperation operation) => operation.Kind switch
    {
        FileOperationKind.Create or FileOperationKind.Delete => [operation.Path],
        FileOperationKind.Rename => [operation.Path, operation.Target!],
        _ => [],
    };

    static FileTree Replay(FileTree found, IReadOnlyList<FileOperation> operations, bool[] kept, Func<int, Random?>? tear)
    {
        var tree = found.Clone();
        var files = tree.Names.Values.ToDictionary(file => file.Number);
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];

            // A file exists from its creation on, even when its name is lost: a later rename may have given it one that is not.
            if (operation.Kind == FileOperationKind.Create)
            {
                files.Add(operation.File, new MemoryFile(operation.File));
                tree.NextFile = operation.File + 1;
            }

            if (operation.Kind == FileOperationKind.Write) ReplayWrite(files[operation.File], operation, kept[i], tear?.Invoke(i));
            else if (kept[i]) ReplayNames(tree, operation, files);
        }

        return tree.Clone();
    }

    static void ReplayNames(FileTree tree, FileOperation operation, Dictionary<int, MemoryFile> files)
    {
        switch (operation.Kind)
        {
            case FileOperationKind.Create:
                tree.Names[operation.Path] = files[operation.File];
                break;
            case FileOperationKind.Rename:
                tree.Rename(operation.Path, operation.Target!, files[operation.File]);
                break;
            case FileOperationKind.Delete:
                tree.Names.Remove(operation.Path);
                break;
            case FileOperationKind.CreateDirectory:
                tree.CreateFolder(operation.Path);
                break;
        }
    }

    static void ReplayWrite(MemoryFile file, FileOperation operation, bool kept, Random? tear)
    {
        if (tear is null || (kept && tear.Next(2) == 0))
        {
            if (kept) file.Write(operation.Offset, operation.Data.Span);
            return;
        }

        if (!kept) return;
        file.Grow((int)operation.Offset + operation.Data.Length);
        for (var from = 0; from < operation.Data.Length;)
        {
            var length = Math.Min(Sector - (int)((operation.Offset + from) % Sector), operation.Data.Length - from);
            if (tear.Next(2) == 0) file.Write(operation.Offset + from, operation.Data.Span.Slice(from, length));
            from += length;
        }
    }
}
