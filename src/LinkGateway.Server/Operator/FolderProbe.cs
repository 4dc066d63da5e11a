using LinkGateway.Core.Configuration;
using LinkGateway.Storage.Files;

namespace LinkGateway.Server.Operator;

/// <summary>Whether the folders of a configuration are there, writable, in one file system where they must be, and not full.</summary>
sealed class FolderProbe(FindingList findings)
{
    const long Full = 64L << 20;
    const long Short = 1L << 30;

    // Journal and spool mostly lie in the data directory, and what is wrong with it is told once.
    readonly HashSet<string> _looked = new(StringComparer.Ordinal);

    public void Check(GatewayConfiguration configuration, string? dataDirectory)
    {
        var data = dataDirectory is null ? configuration.Data : configuration.Data with { Directory = Path.GetFullPath(dataDirectory) };
        foreach (var (path, folder) in new[]
        {
            ("$.data.directory", data.Directory), ("$.data.journal", data.JournalDirectory), ("$.data.spool", data.SpoolDirectory),
            ("$.data.archive", data.ArchiveDirectory),
        }) Look(path, folder, CheckData);
        foreach (var (index, destination) in configuration.Destinations.Index())
        {
            if (destination is FolderDestination folder) Look($"$.destinations[{index}].path", folder.Path, CheckDestination);
        }

        foreach (var (index, watch) in configuration.Watches.Index())
            Look($"$.watches[{index}]", watch.Folder, (path, _) => CheckWatch(path, watch));
    }

    void CheckWatch(string path, WatchSettings watch)
    {
        var facts = FolderFacts.Of(watch.Folder);
        if (!facts.Exists)
        {
            findings.Error($"{path}.folder", $"there is no folder {watch.Folder}", "Make it, or mount it");
            return;
        }

        if (!facts.Writable && (watch.Afterwards != AfterSending.Keep || watch.ErrorFolder is not null))
            findings.Error($"{path}.folder", $"the gateway may not write in {watch.Folder}", "Give its user the right to");
        foreach (var (name, folder) in new[] { ("doneFolder", watch.DoneFolder), ("errorFolder", watch.ErrorFolder) })
        {
            if (folder is null) continue;
            var system = FolderFacts.Of(folder).FileSystem;
            if (system != facts.FileSystem)
                findings.Error($"{path}.{name}", $"it lies in the file system {system}, the watched folder in {facts.FileSystem}",
                    "Put both into one: files are moved by renaming");
        }
    }

    void Look(string path, string folder, Action<string, string> check)
    {
        try
        {
            check(path, folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Error(path, $"{folder} cannot be looked at: {error.Message.TrimEnd('.')}", "Check the folder and its rights");
        }
    }

    // What is missing is made at the start, where it can be.
    void CheckData(string path, string folder)
    {
        var nearest = FolderFacts.NearestOf(folder);
        if (!_looked.Add(nearest)) return;
        var facts = FolderFacts.Of(nearest);
        if (!facts.Writable) findings.Error(path, $"the gateway may not write in {nearest}", "Give its user the right to");
        else CheckRoom(path, nearest, facts);
    }

    void CheckDestination(string path, string folder)
    {
        var facts = FolderFacts.Of(folder);
        if (!facts.Exists)
        {
            findings.Error(path, $"there is no folder {folder}", "Make it, owned by or open to the gateway's user");
            return;
        }

        if (!facts.Writable)
        {
            findings.Error(path, $"the gateway may not write in {folder}", "Give its user the right to");
            return;
        }

        var inside = FolderFacts.Of(Path.Combine(folder, FolderDestination.InsideName));
        if (inside is { Exists: true, Writable: false })
            findings.Error(path, $"the gateway may not write in {FolderDestination.InsideName} there", "Give its user the right to");
        if (inside.FileSystem != facts.FileSystem)
            findings.Error(path,
                $"{FolderDestination.InsideName} lies in the file system {inside.FileSystem}, the folder in {facts.FileSystem}",
                "Put both into one: files are published by renaming");
        CheckRoom(path, folder, facts);
    }

    void CheckRoom(string path, string folder, FolderFacts facts)
    {
        var text = $"{facts.FreeBytes >> 20} MiB are free in {folder}";
        if (facts.FreeBytes < Full) findings.Error(path, text, "Make room");
        else if (facts.FreeBytes < Short) findings.Warning(path, text, "Make room before the next large files");
    }
}
