using System.Text.Json;
using LinkGateway.Client.Gateway;

namespace LinkGateway.Client.Sending;

public sealed class TransferStateFileTests
{
    static readonly SavedTransfer Transfer = new()
    {
        TransferId = "t-1",
        Server = "https://gateway.example/batch",
        Origin = "juki",
        Receivers = ["kaoku", "zei"],
        InterfaceId = "house-tax",
        Environment = "test",
        Kind = "full",
        Size = 7,
        ModifiedAt = new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.Zero).AddTicks(4_567_891),
    };

    [Fact]
    public void What_was_written_is_read_again_to_the_last_tick_of_the_files_time()
    {
        using var folder = new TempFolder();

        TransferStateFile.Write(folder.In("f.linkgw"), Transfer);

        var read = TransferStateFile.Read(folder.In("f.linkgw"))!;
        Assert.Equal(Transfer.Receivers, read.Receivers);
        Assert.Equal(Transfer, read with { Receivers = Transfer.Receivers });
    }

    [Fact]
    public void Writing_replaces_the_file_whole_and_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        TransferStateFile.Write(folder.In("f.linkgw"), Transfer with { TransferId = new string('x', 200) });

        TransferStateFile.Write(folder.In("f.linkgw"), Transfer);

        Assert.Equal("t-1", TransferStateFile.Read(folder.In("f.linkgw"))!.TransferId);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Of_two_jobs_that_begin_with_one_file_only_the_first_makes_its_state()
    {
        using var folder = new TempFolder();

        Assert.True(TransferStateFile.TryCreate(folder.In("f.linkgw"), Transfer));
        Assert.False(TransferStateFile.TryCreate(folder.In("f.linkgw"), Transfer with { TransferId = "t-2" }));

        Assert.Equal("t-1", TransferStateFile.Read(folder.In("f.linkgw"))!.TransferId);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Half_a_file_of_a_crashed_writing_does_not_count()
    {
        using var folder = new TempFolder();
        folder.File("f.linkgw.tmp", "{ \"transferId\""u8.ToArray());

        Assert.Null(TransferStateFile.Read(folder.In("f.linkgw")));
        TransferStateFile.Write(folder.In("f.linkgw"), Transfer);
        Assert.Equal("t-1", TransferStateFile.Read(folder.In("f.linkgw"))!.TransferId);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "version": 2, "transferId": "t", "server": "s", "origin": "o", "receivers": [], "interfaceId": "i" }""")]
    public void What_is_no_state_file_of_this_version_is_refused(string json)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.In("f.linkgw"), json);

        Assert.Throws<JsonException>(() => TransferStateFile.Read(folder.In("f.linkgw")));
    }
}
