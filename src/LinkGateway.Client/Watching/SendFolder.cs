using LinkGateway.Client.Files;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Watching;

namespace LinkGateway.Client.Watching;

/// <summary>
/// A watched folder, and in it <c>.linkgw-send</c>, where a file lies between the folder and what becomes of it. One process at a time
/// works in it.
/// </summary>
sealed class SendFolder : IDisposable
{
    readonly FileStream _lock;

    SendFolder(string path, FileStream @lock) => (Path, Inside, _lock) = (path, InsideOf(path), @lock);

    public string Path { get; }

    public string Inside { get; }

    // Where files wait that are to go back, and under whose names others lie in the folder.
    string Later => System.IO.Path.Combine(Inside, "later");

    /// <summary>Takes the folder for this process.</summary>
    /// <returns>The folder; null where another process works in it.</returns>
    /// <exception cref="IOException">It is not there, or cannot be used.</exception>
    public static SendFolder? TryOpen(string path)
    {
        var full = System.IO.Path.GetFullPath(path);

        // A folder that is not mounted must not be made, watched, and found empty for ever.
        if (!Directory.Exists(full)) throw new DirectoryNotFoundException($"There is no folder '{full}'.");
        var inside = InsideOf(full);
        Directory.CreateDirectory(inside);
        var file = System.IO.Path.Combine(inside, "lock");
        try
        {
            return new SendFolder(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>The plain files in the folder.</summary>
    public IReadOnlyList<FileFacts> Look() =>
        [.. new DirectoryInfo(Path).EnumerateFiles().Select(FactsOf).Where(facts => facts is not null).Select(facts => facts!)];

    /// <summary>Names of what lies aside.</summary>
    public IReadOnlyList<string> Left() =>
        [.. Directory.EnumerateFiles(Inside).Select(path => System.IO.Path.GetFileName(path)).Where(name => name != "lock").Order()];

    /// <summary>Names of files that have a state file and are not there.</summary>
    public IReadOnlyList<string> StatesWithoutFile() =>
    [
        .. Directory.EnumerateFiles(Path, "*" + TransferStateFile.Extension)
            .Select(path => path[..^TransferStateFile.Extension.Length]).Where(path => !File.Exists(path))
            .Select(path => System.IO.Path.GetFileName(path)),
    ];

    public string Outside(string name) => System.IO.Path.Combine(Path, name);

    public string Aside(string name) => System.IO.Path.Combine(Inside, name);

    public static FileFacts? FactsAt(string path) => FactsOf(new FileInfo(path));

    public bool TryTakeAside(string name) => Moved(DurableFile.TryMove(Outside(name), Aside(name)));

    public bool TryPutBack(string name) => Moved(DurableFile.TryMove(Aside(name), Outside(name)));

    /// <summary>Lets a file wait that cannot go back yet, and leaves the place aside to others of its name.</summary>
    public void LetWait(string name)
    {
        Directory.CreateDirectory(Later);
        if (!Moved(DurableFile.TryMove(Aside(name), System.IO.Path.Combine(Later, name)))) return;
        FolderFlush.Run(Later);
    }

    /// <summary>Brings back what waits, where the name is free again.</summary>
    public void BringBack()
    {
        if (!Directory.Exists(Later)) return;
        foreach (var waiting in Directory.EnumerateFiles(Later).Order(StringComparer.Ordinal))
            if (Moved(DurableFile.TryMove(waiting, Outside(System.IO.Path.GetFileName(waiting))))) FolderFlush.Run(Later);
    }

    /// <summary>Deletes what lies aside; nothing where nothing does.</summary>
    public void DeleteAside(string name)
    {
        File.Delete(Aside(name));
        FolderFlush.Run(Inside);
    }

    /// <summary>Moves a file into a folder, under its name or, where that is taken, with a number.</summary>
    /// <param name="source">The file.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The name wanted.</param>
    /// <param name="prepare">Called with the name before the file is moved.</param>
    /// <returns>The name that it has there.</returns>
    public static string Move(string source, string folder, string name, Action<string> prepare)
    {
        Directory.CreateDirectory(folder);
        var (stem, extension) = (System.IO.Path.GetFileNameWithoutExtension(name), System.IO.Path.GetExtension(name));
        for (var number = 1; ; number++)
        {
            var free = number == 1 ? name : $"{stem} ({number}){extension}";
            var target = System.IO.Path.Combine(folder, free);
            if (System.IO.Path.Exists(target)) continue;
            prepare(free);
            if (!DurableFile.TryMove(source, target)) continue;
            FolderFlush.Run(folder);
            FolderFlush.Run(System.IO.Path.GetDirectoryName(source)!);
            return free;
        }
    }

    public void Dispose() => _lock.Dispose();

    static string InsideOf(string path) => System.IO.Path.Combine(path, ".linkgw-send");

    static FileFacts? FactsOf(FileInfo file) =>
        file.Exists && (file.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Directory)) == 0
            ? new FileFacts(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc))
            : null;

    bool Moved(bool done)
    {
        if (!done) return false;
        FolderFlush.Run(Path);
        FolderFlush.Run(Inside);
        return true;
    }
}
