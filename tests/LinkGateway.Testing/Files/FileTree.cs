using LinkGateway.Core.Files;

namespace LinkGateway.Testing.Files;

/// <summary>Names, folders and files at one moment.</summary>
sealed class FileTree
{
    public Dictionary<string, MemoryFile> Names { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Folders { get; } = new(StringComparer.Ordinal) { "/" };

    /// <summary>Number of the file that is created next; numbers are never used again.</summary>
    public int NextFile { get; set; } = 1;

    public static string FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash == 0 ? "/" : path[..slash];
    }

    public MemoryFile Find(string path) =>
        Names.GetValueOrDefault(path) ?? throw new StorageException(StorageFailure.NotFound, $"{path} is not there.");

    public void RequireFolderOf(string path)
    {
        if (!Folders.Contains(FolderOf(path))) throw new StorageException(StorageFailure.NotFound, $"The folder of {path} is not there.");
    }

    public MemoryFile Create(string path) => Names[path] = new MemoryFile(NextFile++);

    public void Rename(string source, string target, MemoryFile file)
    {
        Names.Remove(source);
        Names[target] = file;
    }

    public void CreateFolder(string path)
    {
        for (var folder = path; folder != "/"; folder = FolderOf(folder)) Folders.Add(folder);
    }

    public FileTree Clone()
    {
        var clone = new FileTree { NextFile = NextFile };
        foreach (var (name, file) in Names) clone.Names.Add(name, file.Clone());
        clone.Folders.UnionWith(Folders);
        return clone;
    }
}
