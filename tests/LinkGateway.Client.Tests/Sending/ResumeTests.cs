using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Client.Sending;

public sealed class ResumeTests
{
    const int Chunk = SenderBench.Chunk;

    [Fact]
    public async Task The_same_order_after_a_crash_sends_only_what_is_missing()
    {
        await using var bench = await SenderBench.StartAsync();
        var content = TempFolder.Bytes((10 * Chunk) + 100);
        var path = bench.Folder.File("houses.csv", content);
        await CrashAsync(bench, path, afterChunks: 5);
        var held = bench.Service.Only.Bytes.Length;
        bench.Service.ForgetCalls();

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
        Assert.True(held >= 5 * Chunk, $"The gateway held {held} bytes.");
        Assert.Equal(content.Length - held, bench.Service.ContentBytes);
        Assert.Equal((content.Length - held, held), (outcome.BytesSent, outcome.BytesHeld));
    }

    [Fact]
    public async Task Held_ranges_beyond_the_answer_of_OpenTransfer_are_asked_for()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(10 * Chunk));
        await CrashAsync(bench, path, afterChunks: 6);
        bench.Service.HeldInOpen = 2;
        var missing = (10 * Chunk) - bench.Service.Only.Bytes.Length;
        bench.Service.ForgetCalls();

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(missing, bench.Service.ContentBytes);
    }

    [Fact]
    public async Task The_same_order_after_acceptance_brings_the_same_receipt_and_sends_nothing()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(3 * Chunk));
        var first = await bench.SendAsync(path);
        bench.Service.ForgetCalls();

        var second = await bench.SendAsync(path);

        Assert.Equal(SendEnd.Accepted, second.End);
        Assert.Equal(first.Accepted!.ReceiptDocument, second.Accepted!.ReceiptDocument);
        Assert.Equal(0, bench.Service.ContentBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Other_content_under_an_accepted_id_is_refused_and_never_called_accepted(bool asPipe)
    {
        await using var bench = await SenderBench.StartAsync();
        var content = TempFolder.Bytes(3 * Chunk);
        Assert.Equal(SendEnd.Accepted, (await SendUnderIdAsync()).End);

        content[Chunk + 1] ^= 1;
        var other = await SendUnderIdAsync();

        Assert.Equal((SendEnd.Refused, null), (other.End, other.Accepted));
        Assert.Contains("id of its own", other.Reason, StringComparison.Ordinal);
        content[Chunk + 1] ^= 1;
        Assert.Equal(SendEnd.Accepted, (await SendUnderIdAsync()).End);

        ValueTask<SendOutcome> SendUnderIdAsync() => bench.SendAsync(new SendOrder
        {
            FilePath = asPipe ? null : bench.Folder.File("houses.csv", content),
            Pipe = asPipe ? new MemoryStream(content, writable: false) : null,
            Manifest = SenderBench.Manifest with { TransferId = "nightly" },
        });
    }

    [Fact]
    public async Task A_crash_between_acceptance_and_the_mark_in_the_state_file_is_healed()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(Chunk));
        var statePath = TransferStateFile.PathFor(path);
        var first = await bench.SendAsync(path);
        TransferStateFile.Write(statePath, TransferStateFile.Read(statePath)! with { AcceptedAt = null });

        var second = await bench.SendAsync(path);

        Assert.Equal(first.TransferId, second.TransferId);
        Assert.Single(bench.Service.Transfers);
        Assert.NotNull(TransferStateFile.Read(statePath)!.AcceptedAt);
    }

    [Fact]
    public async Task The_id_is_durable_before_the_first_request_names_it()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", [1, 2, 3]);
        SavedTransfer? seen = null;
        bench.Service.Tricks = (operation, _) =>
            operation == "OpenTransfer" ? new Trick.Run(() => seen = TransferStateFile.Read(TransferStateFile.PathFor(path))) : null;

        var outcome = await bench.SendAsync(path);

        Assert.Equal(outcome.TransferId, seen!.TransferId);
        Assert.Null(seen.AcceptedAt);
    }

    [Fact]
    public async Task A_file_that_was_accepted_and_then_replaced_is_a_new_transfer()
    {
        await using var bench = await SenderBench.StartAsync();
        var first = await bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(Chunk)));

        var second = await bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(Chunk + 1, seed: 2)));

        Assert.Equal(SendEnd.Accepted, second.End);
        Assert.NotEqual(first.TransferId, second.TransferId);
        Assert.Equal(2, bench.Service.Transfers.Count);
    }

    [Fact]
    public async Task A_file_that_changed_after_an_unfinished_sending_is_refused_before_any_request()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(9 * Chunk));
        await CrashAsync(bench, path, afterChunks: 2);
        bench.Service.ForgetCalls();
        File.AppendAllText(path, "one more row");

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.FileChanged, outcome.End);
        Assert.Empty(bench.Service.Calls);
    }

    [Fact]
    public async Task A_new_start_gives_up_the_unfinished_transfer()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(9 * Chunk));
        await CrashAsync(bench, path, afterChunks: 2);
        File.AppendAllText(path, "one more row");

        var outcome = await bench.SendAsync(SenderBench.OrderFor(path) with { StartAnew = true });

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(2, bench.Service.Transfers.Count);
    }

    [Fact]
    public async Task An_order_with_other_properties_does_not_continue_the_transfer()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(Chunk));
        await bench.SendAsync(path);
        bench.Service.ForgetCalls();

        var other = SenderBench.Manifest with { Receivers = ["zei"] };
        var outcome = await bench.SendAsync(SenderBench.OrderFor(path) with { Manifest = other });

        Assert.Equal((SendEnd.StateConflict, "receivers"), (outcome.End, outcome.Reason));
        Assert.Empty(bench.Service.Calls);
    }

    [Fact]
    public async Task A_damaged_state_file_is_told_and_nothing_is_sent()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", [1]);
        File.WriteAllText(TransferStateFile.PathFor(path), "{ \"transferId\": ");

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.StateConflict, outcome.End);
        Assert.Empty(bench.Service.Calls);
    }

    [Fact]
    public async Task An_id_of_ones_own_needs_no_state_file()
    {
        await using var bench = await SenderBench.StartAsync();
        var path = bench.Folder.File("houses.csv", [1]);

        var own = SenderBench.Manifest with { TransferId = "night-7" };
        var outcome = await bench.SendAsync(SenderBench.OrderFor(path) with { Manifest = own });

        Assert.Equal("night-7", outcome.TransferId);
        Assert.Equal(["houses.csv"], Directory.GetFiles(bench.Folder.Path).Select(Path.GetFileName));
    }

    /// <summary>Ends a sending in the middle, as the end of the process would: nothing more is called.</summary>
    static async Task CrashAsync(SenderBench bench, string path, int afterChunks)
    {
        bench.Options = bench.Options with { MaxInFlight = 1 };
        bench.Service.Tricks = (operation, before) => operation == "PutChunk" && before == afterChunks
            ? new Trick.Refuse(new Refusal(ErrorCatalogue.WrongState, "t", "Open", "PutChunk"))
            : null;
        Assert.Equal(SendEnd.Refused, (await bench.SendAsync(path)).End);
        bench.Service.Tricks = (_, _) => null;
    }
}
