using LinkGateway.Core.Files;
using LinkGateway.Storage.Files;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Storage.Tests.Files;

public sealed class PhysicalFileSystemTests : IDisposable
{
    static readonly CancellationToken None = CancellationToken.None;

    readonly TempFolder _folder = new();
    readonly PhysicalFileSystem _files = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bytes_are_written_and_read_at_offsets()
    {
        await using var file = await _files.CreateAsync(_folder.File("a"), 0, None);
        await file.WriteAsync(5, "abc"u8.ToArray(), None);
        file.StartWriteBack(0, 8);
        await file.FlushAsync(None);
        Assert.Equal(8, await file.LengthAsync(None));

        await using var again = await _files.OpenAsync(_folder.File("a"), writable: false, None);
        var buffer = new byte[10];
        Assert.Equal(4, await again.ReadAsync(4, buffer, None));
        Assert.Equal("\0abc"u8.ToArray(), buffer[..4]);
        Assert.Equal(0, await again.ReadAsync(8, buffer, None));
    }

    [Fact]
    public async Task A_created_file_stays_open_through_a_garbage_collection()
    {
        await using var file = await _files.CreateAsync(_folder.File("a"), 0, None);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await file.WriteAsync(0, new byte[1], None);
        Assert.Equal(1, await file.LengthAsync(None));
    }

    [Fact]
    public async Task Reserving_leaves_the_length_at_zero()
    {
        await using var file = await _files.CreateAsync(_folder.File("a"), 1 << 20, None);
        Assert.Equal(0, await file.LengthAsync(None));
    }

    [Fact]
    public async Task A_reservation_that_does_not_fit_is_full_and_leaves_no_file()
    {
        if (!OperatingSystem.IsLinux()) return; // nothing is reserved elsewhere
        var room = new DriveInfo(_folder.Path).TotalSize;
        var failure = await FailureAsync(async () => await (await _files.CreateAsync(_folder.File("a"), room * 2, None)).DisposeAsync());
        Assert.Equal(StorageFailure.Full, failure);
        Assert.Empty(await _files.ListAsync(_folder.Path, None));
    }

    [Fact]
    public async Task A_write_for_which_there_is_no_space_is_full()
    {
        if (!OperatingSystem.IsLinux()) return; // the device that is always full is Linux's
        await using var file = await _files.OpenAsync("/dev/full", writable: true, None);
        Assert.Equal(StorageFailure.Full, await FailureAsync(async () => await file.WriteAsync(0, new byte[1], None)));
    }

    [Fact]
    public async Task What_is_missing_or_taken_is_told_apart()
    {
        await CreateAsync("a", "1");
        Assert.Equal(StorageFailure.AlreadyExists, await FailureAsync(() => CreateAsync("a", "2")));
        Assert.Equal(StorageFailure.NotFound, await FailureAsync(() => CreateAsync("none/a", "2")));
        Assert.Equal(StorageFailure.NotFound, await FailureAsync(async () => await _files.OpenAsync(_folder.File("b"), false, None)));
        Assert.Equal(StorageFailure.NotFound, await FailureAsync(() => RenameAsync("b", "c", replace: false)));
        Assert.Equal(StorageFailure.NotFound, await FailureAsync(async () => await _files.FlushDirectoryAsync(_folder.File("none"), None)));
        Assert.False(await _files.ExistsAsync(_folder.File("b"), None));
        Assert.Empty(await _files.ListAsync(_folder.File("none"), None));
        await _files.DeleteAsync(_folder.File("b"), None);
        await _files.DeleteAsync(_folder.File("none/b"), None);
    }

    [Fact]
    public async Task Writing_to_a_file_opened_for_reading_is_refused()
    {
        await CreateAsync("a", "1");
        await using var file = await _files.OpenAsync(_folder.File("a"), writable: false, None);
        Assert.Equal(StorageFailure.ReadOnly, await FailureAsync(async () => await file.WriteAsync(0, new byte[1], None)));
    }

    [Fact]
    public async Task A_rename_that_may_not_replace_leaves_both_files()
    {
        await CreateAsync("a", "1");
        await CreateAsync("b", "2");
        Assert.Equal(StorageFailure.AlreadyExists, await FailureAsync(() => RenameAsync("a", "b", replace: false)));
        Assert.Equal(("1", "2"), (File.ReadAllText(_folder.File("a")), File.ReadAllText(_folder.File("b"))));

        await RenameAsync("a", "家屋.csv", replace: false);
        await RenameAsync("家屋.csv", "b", replace: true);
        Assert.Equal(["b"], await _files.ListAsync(_folder.Path, None));
        Assert.Equal("1", File.ReadAllText(_folder.File("b")));
    }

    [Fact]
    public async Task Of_many_renames_to_one_name_exactly_one_wins()
    {
        for (var i = 0; i < 16; i++) await CreateAsync($"{i}", $"{i}");
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            try
            {
                await _files.RenameAsync(_folder.File($"{i}"), _folder.File("name"), replace: false, None);
                return true;
            }
            catch (StorageException exception) when (exception.Failure == StorageFailure.AlreadyExists)
            {
                return false;
            }
        })));
        Assert.Equal(1, won.Count(w => w));
        Assert.Equal(16, (await _files.ListAsync(_folder.Path, None)).Count);
    }

    [Fact]
    public async Task Folders_are_made_with_their_parents_and_names_listed_in_ordinal_order()
    {
        await _files.CreateDirectoryAsync(_folder.File("x/y/z"), None);
        await _files.CreateDirectoryAsync(_folder.File("x/y/z"), None);
        foreach (var name in new[] { "b", "B", "a" }) await CreateAsync("x/y/z/" + name, "");
        await _files.CreateDirectoryAsync(_folder.File("x/y/z/folder"), None);
        await _files.FlushDirectoryAsync(_folder.File("x/y/z"), None);
        Assert.Equal(["B", "a", "b"], await _files.ListAsync(_folder.File("x/y/z"), None));
    }

    [Fact]
    public async Task Files_and_folders_are_readable_as_the_mode_says()
    {
        if (OperatingSystem.IsWindows()) return;
        var own = new PhysicalFileSystem(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await own.CreateDirectoryAsync(_folder.File("d"), None);
        await (await own.CreateAsync(_folder.File("d/a"), 0, None)).DisposeAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("d")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("d/a")));
    }

    [Fact]
    public async Task Payloads_lie_in_spool_files_with_their_plain_bytes()
    {
        await using var store = new FilePayloadStore(_files, _folder.File("spool"));
        await store.CreateAsync(Id(7), 3_000_000, None);
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            await using var chunk = await store.OpenChunkAsync(Id(7), i * 1_000_000, None);
            await chunk.WriteAsync(bytes.AsMemory(i * 1_000_000, 1_000_000), None);
            await chunk.CompleteAsync(None);
        }));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.File($"spool/00/{Id(7)}.bin")));
        Assert.Equal([Id(7)], await store.ListAsync(None));
        await store.DeleteAsync(Id(7), None);
        Assert.Empty(await store.ListAsync(None));
    }

    static async Task<StorageFailure> FailureAsync(Func<Task> action) =>
        (await Assert.ThrowsAsync<StorageException>(action)).Failure;

    async Task RenameAsync(string source, string target, bool replace) =>
        await _files.RenameAsync(_folder.File(source), _folder.File(target), replace, None);

    async Task CreateAsync(string name, string text)
    {
        await using var file = await _files.CreateAsync(_folder.File(name), 0, None);
        await file.WriteAsync(0, System.Text.Encoding.UTF8.GetBytes(text), None);
    }
}
