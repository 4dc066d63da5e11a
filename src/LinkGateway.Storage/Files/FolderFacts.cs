namespace LinkGateway.Storage.Files;

/// <summary>What can be learnt of a folder without leaving a trace in it.</summary>
public sealed record FolderFacts
{
    /// <summary>Whether it is there, and is a folder.</summary>
    public required bool Exists { get; init; }

    /// <summary>Whether this process may make files in it.</summary>
    public required bool Writable { get; init; }

    /// <summary>The root of its file system; files are renamed within one only.</summary>
    public required string FileSystem { get; init; }

    /// <summary>Bytes that are free there for this process.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>Looks at a folder; one that is not there stands in the file system of its nearest parent.</summary>
    /// <exception cref="IOException">The file system does not answer.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static FolderFacts Of(string path)
    {
        var full = Path.GetFullPath(path);
        var nearest = NearestOf(full);
        nearest = new DirectoryInfo(nearest).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? nearest;
        return new FolderFacts
        {
            Exists = Directory.Exists(full),
            Writable = Directory.Exists(full) && IsWritable(full),
            FileSystem = RootOf(nearest),
            FreeBytes = new DriveInfo(nearest).AvailableFreeSpace,
        };
    }

    /// <summary>The folder itself where it is there, otherwise the nearest parent in which it would be made.</summary>
    public static string NearestOf(string path)
    {
        var nearest = Path.GetFullPath(path);
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent) nearest = parent;
        return nearest;
    }

    static bool IsWritable(string folder) => OperatingSystem.IsLinux()
        ? LinuxCalls.IsWritable(folder)
        : !new DirectoryInfo(folder).Attributes.HasFlag(FileAttributes.ReadOnly);

    static string RootOf(string path) => DriveInfo.GetDrives()
        .Select(drive => drive.Name)
        .Where(root => (path + Path.DirectorySeparatorChar).StartsWith(
            root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .MaxBy(root => root.Length) ?? Path.GetPathRoot(path) ?? path;
}
