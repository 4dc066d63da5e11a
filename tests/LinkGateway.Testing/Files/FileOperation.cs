namespace LinkGateway.Testing.Files;

/// <summary>One entry in the record of a <see cref="RecordingFileSystem"/>.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Path">The file or folder, by the name that it was opened with; for a mark its text.</param>
public sealed record FileOperation(FileOperationKind Kind, string Path)
{
    /// <summary>The new path of a rename.</summary>
    public string? Target { get; init; }

    /// <summary>The file itself, whatever its name is; 0 for folders and marks.</summary>
    public int File { get; init; }

    /// <summary>Where a write begins.</summary>
    public long Offset { get; init; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Short, for assertions on the order: <c>Write /a 0+512</c>, <c>Rename /a -> /b</c>.</summary>
    public override string ToString() => Kind switch
    {
        FileOperationKind.Write => $"Write {Path} {Offset}+{Data.Length}",
        FileOperationKind.Rename => $"Rename {Path} -> {Target}",
        _ => $"{Kind} {Path}",
    };
}
