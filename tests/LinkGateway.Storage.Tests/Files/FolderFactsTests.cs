using LinkGateway.Storage.Files;

namespace LinkGateway.Storage.Tests.Files;

public sealed class FolderFactsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_there_and_writable_and_has_room()
    {
        var facts = FolderFacts.Of(_folder.File(""));

        Assert.True(facts is { Exists: true, Writable: true, FreeBytes: > 0 }, $"{facts}");
        Assert.Contains(facts.FileSystem, DriveInfo.GetDrives().Select(drive => drive.Name));
    }

    [Fact]
    public void What_is_missing_is_not_writable_and_stands_where_its_parent_does()
    {
        var facts = FolderFacts.Of(_folder.File("not/there"));

        Assert.True(facts is { Exists: false, Writable: false }, $"{facts}");
        Assert.Equal(FolderFacts.Of(_folder.File("")).FileSystem, facts.FileSystem);
        Assert.Equal(Path.TrimEndingDirectorySeparator(_folder.File("")), FolderFacts.NearestOf(_folder.File("not/there")));
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        File.WriteAllText(_folder.File("file"), "");

        Assert.False(FolderFacts.Of(_folder.File("file")).Exists);
    }

    [Fact]
    public void Looking_leaves_no_trace()
    {
        var before = Directory.GetLastWriteTimeUtc(_folder.File(""));

        FolderFacts.Of(_folder.File(""));

        Assert.Equal(before, Directory.GetLastWriteTimeUtc(_folder.File("")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("")));
    }

    [Fact]
    public void A_folder_is_writable_where_a_file_can_be_made()
    {
        // Whoever runs the tests may write anywhere, or not: the answer must be that of the operating system.
        var folder = Directory.CreateDirectory(_folder.File("closed")).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(CanMakeAFileIn(folder), FolderFacts.Of(folder).Writable);
    }

    [Fact]
    public void A_file_system_of_its_own_is_told_apart()
    {
        var others = DriveInfo.GetDrives().Select(drive => drive.Name).Where(name => name.Length > 1 && Directory.Exists(name)).ToList();

        Assert.All(others, name => Assert.Equal(name, FolderFacts.Of(name).FileSystem));
    }

    static bool CanMakeAFileIn(string folder)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, "probe"), "");
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
