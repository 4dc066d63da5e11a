using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Watches;

/// <summary>The paths of a watched folder.</summary>
sealed class WatchPlace(WatchSettings settings)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = settings.Folder;

    /// <summary>
    /// Where a file lies between the folder and what becomes of it: in the same file system, and this watch's alone.
    /// </summary>
    public string Inside { get; } = Path.Combine(settings.Folder, FolderDestination.InsideName, "watch-" + settings.Id);

    /// <summary>A file, or the marker of one, where its sender has put it.</summary>
    public string Outside(string name) => Path.Combine(Folder, name);

    /// <summary>The same taken aside.</summary>
    public string Aside(string name) => Path.Combine(Inside, name);

    /// <summary>Where files wait that are to go back, and under whose names others lie in the folder.</summary>
    public string Later => Path.Combine(Inside, "later");

    /// <summary>The same while it waits there.</summary>
    public string Waiting(string name) => Path.Combine(Later, name);
}
