using System.Text;
using LinkGateway.Core.Files;
using LinkGateway.Testing.Files;

namespace LinkGateway.Storage.Tests.Testing;

public sealed class RecordingFileSystemTests
{
    const int States = 300;

    static readonly CancellationToken None = CancellationToken.None;

    readonly RecordingFileSystem _files = new();

    [Fact]
    public async Task Operations_are_recorded_in_order()
    {
        await _files.CreateDirectoryAsync("/d", None);
        await WriteAsync("/d/tmp", "abc", flush: true);
        await _files.RenameAsync("/d/tmp", "/d/name", replace: false, None);
        await _files.FlushDirectoryAsync("/d", None);
        _files.Mark("published");
        await _files.DeleteAsync("/d/name", None);

        Assert.Equal(
            ["CreateDirectory /d", "Create /d/tmp", "Write /d/tmp 0+3", "Flush /d/tmp", "Rename /d/tmp -> /d/name", "FlushDirectory /d",
                "Mark published", "Delete /d/name"],
            _files.Operations.Select(operation => operation.ToString()));
    }

    [Fact]
    public async Task Flushed_bytes_under_a_flushed_name_survive_every_loss()
    {
        await WriteAsync("/a", "abc", flush: true);
        await _files.FlushDirectoryAsync("/", None);
        Assert.Equal(["abc"], await OutcomesAsync("/a"));
    }

    [Fact]
    public async Task A_name_that_was_not_flushed_may_be_lost_though_the_bytes_were_flushed()
    {
        await WriteAsync("/a", "abc", flush: true);
        Assert.Equal(["-", "abc"], await OutcomesAsync("/a"));
    }

    [Fact]
    public async Task Bytes_that_were_not_flushed_may_be_lost_or_replaced_by_zeros()
    {
        await WriteAsync("/a", "abc", flush: false);
        await _files.FlushDirectoryAsync("/", None);
        Assert.Equal(["", "000", "abc"], await OutcomesAsync("/a"));
    }

    [Fact]
    public async Task A_write_is_torn_at_sectors()
    {
        await using var file = await _files.CreateAsync("/a", 0, None);
        await file.WriteAsync(0, new byte[1024], None);
        await file.FlushAsync(None);
        await _files.FlushDirectoryAsync("/", None);
        await file.WriteAsync(256, Encoding.ASCII.GetBytes(new string('x', 512)), None);

        var outcomes = Crashes().Select(state => Text([state.Content("/a")[300], state.Content("/a")[600]])).Distinct();
        Assert.Equal(["00", "0x", "x0", "xx"], outcomes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_later_write_may_survive_an_earlier_one()
    {
        await using var file = await _files.CreateAsync("/a", 0, None);
        await _files.FlushDirectoryAsync("/", None);
        await file.WriteAsync(0, "ab"u8.ToArray(), None);
        await file.WriteAsync(2, "cd"u8.ToArray(), None);
        Assert.Superset(new HashSet<string> { "", "ab", "00cd", "abcd" }, (await OutcomesAsync("/a")).ToHashSet());
    }

    [Fact]
    public async Task What_a_failed_flush_should_have_saved_is_not_saved_by_the_next()
    {
        await using var file = await _files.CreateAsync("/a", 0, None);
        await _files.FlushDirectoryAsync("/", None);
        await file.WriteAsync(0, "ab"u8.ToArray(), None);
        _files.Fault = operation => operation.Kind == FileOperationKind.Flush ? StorageFailure.Unavailable : null;
        await Assert.ThrowsAsync<StorageException>(() => file.FlushAsync(None).AsTask());
        _files.Fault = null;
        await file.WriteAsync(2, "cd"u8.ToArray(), None);
        await file.FlushAsync(None);

        Assert.Equal(["00cd", "abcd"], await OutcomesAsync("/a"));
    }

    [Fact]
    public async Task A_rename_is_atomic_and_certain_when_both_folders_were_flushed()
    {
        await _files.CreateDirectoryAsync("/in", None);
        await _files.CreateDirectoryAsync("/out", None);
        await WriteAsync("/in/a", "abc", flush: true);
        await _files.FlushDirectoryAsync("/in", None);
        await _files.RenameAsync("/in/a", "/out/a", replace: false, None);

        string[][] either = [["/in/a"], ["/out/a"]];
        Assert.Equal(either, Names());
        await _files.FlushDirectoryAsync("/out", None);
        Assert.Equal(either, Names());
        await _files.FlushDirectoryAsync("/in", None);
        Assert.Equal([["/out/a"]], Names());

        IEnumerable<IReadOnlyList<string>> Names() =>
            Crashes().Select(state => state.Paths).DistinctBy(string.Concat).OrderBy(string.Concat);
    }

    [Fact]
    public async Task Changes_of_one_name_keep_their_order()
    {
        await WriteAsync("/tmp", "1", flush: true);
        await _files.RenameAsync("/tmp", "/one", replace: false, None);
        await WriteAsync("/tmp", "2", flush: true);

        // The second file cannot have the name while the first still has it: where it does, the first has its new one.
        foreach (var state in Crashes().Where(state => state.Paths.Contains("/tmp") && state.Content("/tmp") is [(byte)'2']))
        {
            Assert.Equal("1"u8.ToArray(), state.Content("/one"));
        }
    }

    [Fact]
    public async Task A_deleted_name_may_come_back_until_its_folder_is_flushed()
    {
        await WriteAsync("/a", "abc", flush: true);
        await _files.FlushDirectoryAsync("/", None);
        await _files.DeleteAsync("/a", None);
        Assert.Equal(["-", "abc"], await OutcomesAsync("/a"));
        await _files.FlushDirectoryAsync("/", None);
        Assert.Equal(["-"], await OutcomesAsync("/a"));
    }

    [Fact]
    public async Task A_kill_loses_nothing_that_was_done()
    {
        await WriteAsync("/a", "abc", flush: false);
        Assert.Equal("abc"u8.ToArray(), _files.Kill().Content("/a"));
        Assert.Empty(_files.Kill(point: 0).Paths);
        Assert.Equal([], _files.Kill(point: 1).Content("/a"));
    }

    [Fact]
    public async Task Crash_states_reach_every_point_and_are_the_same_for_the_same_seed()
    {
        for (var i = 0; i < 5; i++) await WriteAsync($"/{i}", $"{i}", flush: i % 2 == 0);
        var states = _files.CrashStates(5, 50).ToList();
        Assert.Equal(Enumerable.Range(0, _files.Operations.Count + 1), states.Select(state => state.Point).Distinct().Order());
        Assert.Equal(states.Select(Describe), _files.CrashStates(5, 50).Select(Describe));

        static string Describe(CrashState state) =>
            $"{state.Point}: " + string.Join(' ', state.FileSystem.Paths.Select(p => p + "=" + Text(state.FileSystem.Content(p))));
    }

    [Fact]
    public async Task A_crashed_file_system_can_be_used_and_crash_again()
    {
        await WriteAsync("/a", "abc", flush: true);
        await _files.FlushDirectoryAsync("/", None);
        var second = _files.PowerLoss(new Random(1));
        await using (var file = await second.CreateAsync("/b", 0, None)) await file.WriteAsync(0, "b"u8.ToArray(), None);
        await using (var file = await second.OpenAsync("/a", writable: true, None))
        {
            await file.WriteAsync(0, "A"u8.ToArray(), None);
            await file.FlushAsync(None);
        }

        Assert.All(Enumerable.Range(0, 20), seed => Assert.Equal("Abc"u8.ToArray(), second.PowerLoss(new Random(seed)).Content("/a")));
    }

    static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes).Replace('\0', '0');

    async Task WriteAsync(string path, string text, bool flush)
    {
        await using var file = await _files.CreateAsync(path, 0, None);
        await file.WriteAsync(0, Encoding.ASCII.GetBytes(text), None);
        if (flush) await file.FlushAsync(None);
    }

    IEnumerable<RecordingFileSystem> Crashes() => Enumerable.Range(0, States).Select(seed => _files.PowerLoss(new Random(seed)));

    /// <summary>All contents that the file may have after a loss; <c>-</c> where it is not there.</summary>
    async Task<IEnumerable<string>> OutcomesAsync(string path)
    {
        var outcomes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var state in Crashes()) outcomes.Add(await state.ExistsAsync(path, None) ? Text(state.Content(path)) : "-");
        return outcomes;
    }
}
