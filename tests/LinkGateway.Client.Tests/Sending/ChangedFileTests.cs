using LinkGateway.Client.Gateway;

namespace LinkGateway.Client.Sending;

public sealed class ChangedFileTests
{
    const int Chunk = SenderBench.Chunk;

    [Fact]
    public async Task A_file_that_grows_while_it_is_sent_is_not_committed()
    {
        await AssertNotCommittedAsync(path => File.AppendAllText(path, "x"));
    }

    [Fact]
    public async Task A_file_that_shrinks_while_it_is_sent_is_not_committed()
    {
        await AssertNotCommittedAsync(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(Chunk + 1);
        });
    }

    [Fact]
    public async Task A_file_that_is_replaced_while_it_is_sent_is_not_committed()
    {
        await AssertNotCommittedAsync(path =>
        {
            File.WriteAllBytes(path + ".new", TempFolder.Bytes(9 * Chunk, seed: 3));
            File.SetLastWriteTimeUtc(path + ".new", File.GetLastWriteTimeUtc(path).AddSeconds(2));
            File.Move(path + ".new", path, overwrite: true);
        });
    }

    [Fact]
    public async Task A_file_that_is_deleted_while_it_is_sent_is_not_committed()
    {
        await AssertNotCommittedAsync(File.Delete);
    }

    [Fact]
    public async Task A_file_that_changes_after_its_last_chunk_is_not_committed()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(Chunk));
        bench.Service.Tricks = (operation, _) => operation == "PutChunk" ? new Trick.Run(() => File.AppendAllText(path, "x")) : null;

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.FileChanged, outcome.End);
        Assert.Equal(0, bench.Service.CountOf("CommitTransfer"));
    }

    [Fact]
    public async Task Bytes_changed_under_an_old_time_are_found_by_the_gateways_check_of_the_held_chunks()
    {
        await using var bench = await SenderBench.StartAsync();
        var content = TempFolder.Bytes(4 * Chunk);
        var path = bench.Folder.File("houses.csv", content);
        var time = File.GetLastWriteTimeUtc(path);
        bench.Service.Tricks = (operation, before) => operation == "CommitTransfer"
            ? new Trick.Refuse(new(Contract.Errors.ErrorCatalogue.WrongState, "t", "Open", "Commit"))
            : null;
        await bench.SendAsync(path);
        bench.Service.Tricks = (_, _) => null;
        content[7] ^= 1;
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, time);

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.FileChanged, outcome.End);
        Assert.Equal("LG-2008", outcome.Refusal!.Code);
        Assert.Null(bench.Service.Only.Receipt);
    }

    static async Task AssertNotCommittedAsync(Action<string> change)
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(9 * Chunk));
        bench.Service.Tricks = (operation, before) => operation == "PutChunk" && before == 3 ? new Trick.Run(() => change(path)) : null;

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.FileChanged, outcome.End);
        Assert.Equal(0, bench.Service.CountOf("CommitTransfer"));
        Assert.Null(bench.Service.Only.Receipt);
    }
}
