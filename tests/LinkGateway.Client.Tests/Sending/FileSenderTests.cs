using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;

namespace LinkGateway.Client.Sending;

public sealed class FileSenderTests
{
    const int Chunk = SenderBench.Chunk;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((9 * Chunk) + 17)]
    public async Task A_file_of_any_size_arrives_unchanged_and_is_accepted(int size)
    {
        await using var bench = await SenderBench.StartAsync();
        var content = TempFolder.Bytes(size);

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", content));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
        Assert.Equal(size, bench.Service.Only.Manifest.Size);
        Assert.Equal(Sha256Digest.Of(content), outcome.Accepted!.Sha256);
        Assert.Equal(size, outcome.BytesSent);
        Assert.True(ReceiptVerifier.Verify(outcome.Accepted.ReceiptDocument, [bench.Service.Certificate]).IsValid);
    }

    [Fact]
    public async Task Progress_ends_with_the_whole_file_done()
    {
        await using var bench = await SenderBench.StartAsync();
        var size = (3 * Chunk) + 5;

        await bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(size)));

        var last = bench.Progress.Last(one => one.Phase == SendPhase.Committing);
        Assert.Equal((size, size), (last.Done, last.Total));
        Assert.Equal(SendPhase.Opening, bench.Progress[0].Phase);
    }

    [Fact]
    public async Task Chunks_are_in_flight_at_the_same_time()
    {
        await using var bench = await SenderBench.StartAsync();
        using var together = new CountdownEvent(2);
        bench.Service.Tricks = (operation, before) =>
            operation == "PutChunk" && before < 2 ? new Trick.Run(() => Meet(together)) : null;

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(8 * Chunk)));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(0, together.CurrentCount);
    }

    [Fact]
    public async Task A_chunk_whose_connection_breaks_is_sent_again_alone()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (operation, before) => operation == "PutChunk" && before == 1 ? new Trick.BreakInContent() : null;
        var content = TempFolder.Bytes(5 * Chunk);

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", content));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
        Assert.Equal(6, bench.Service.CountOf("PutChunk"));
        Assert.Contains(bench.Progress, one => one.Trouble is not null);
    }

    [Theory]
    [InlineData("OpenTransfer")]
    [InlineData("PutChunk")]
    [InlineData("CommitTransfer")]
    public async Task A_lost_answer_is_asked_for_again(string operation)
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (called, before) => called == operation && before == 0 ? new Trick.LoseAnswer() : null;
        var content = TempFolder.Bytes(2 * Chunk);

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", content));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
        Assert.Equal(outcome.Accepted!.ReceiptId, bench.Service.Only.Receipt!.ReceiptId);
    }

    [Fact]
    public async Task An_overloaded_gateway_is_asked_again_and_then_given_up()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.StorageTrouble));

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", [1]));

        Assert.Equal(SendEnd.Unavailable, outcome.End);
        Assert.Equal(bench.Options.Retry.MaxTries, bench.Service.CountOf("OpenTransfer"));
        Assert.Equal("LG-5002", outcome.Refusal!.Code);
    }

    [Fact]
    public async Task A_gateway_that_asks_for_a_longer_pause_than_allowed_is_not_waited_for()
    {
        await using var bench = await SenderBench.StartAsync();
        var overloaded = new Refusal(ErrorCatalogue.Overloaded, "uploads") { RetryAfter = TimeSpan.FromHours(1) };
        bench.Service.Tricks = (_, _) => new Trick.Refuse(overloaded);

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", [1]));

        Assert.Equal(SendEnd.Unavailable, outcome.End);
        Assert.Equal(TimeSpan.FromHours(1), outcome.Refusal!.RetryAfter);
        Assert.Equal(1, bench.Service.CountOf("OpenTransfer"));
    }

    [Fact]
    public async Task A_refusal_by_the_senders_fault_is_not_repeated()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.NoRoute, "juki", "house-tax", "kaoku"));

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", [1]));

        Assert.Equal(SendEnd.Refused, outcome.End);
        Assert.Equal("LG-3002", outcome.Refusal!.Code);
        Assert.Equal(1, bench.Service.CountOf("OpenTransfer"));
    }

    [Fact]
    public async Task A_gateway_that_verifies_is_asked_until_it_is_done()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (operation, before) => operation == "CommitTransfer" && before < 2 ? new Trick.Verify() : null;

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(Chunk)));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(3, bench.Service.CountOf("CommitTransfer"));
    }

    [Fact]
    public async Task Chunks_that_the_gateway_misses_at_the_commit_are_sent_again()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (operation, before) =>
            operation == "CommitTransfer" && before == 0 ? new Trick.Run(() => bench.Service.Only.Chunks.Remove(1)) : null;
        var content = TempFolder.Bytes((3 * Chunk) + 1);

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", content));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
        Assert.Equal(content.Length + Chunk, outcome.BytesSent);
    }

    [Fact]
    public async Task A_chunk_damaged_on_the_line_is_sent_again()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (operation, before) => operation == "PutChunk" && before == 0 ? new Trick.Corrupt() : null;
        var content = TempFolder.Bytes(Chunk);

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", content));

        Assert.Equal(SendEnd.Accepted, outcome.End);
        Assert.Equal(content, bench.Service.Only.Bytes);
    }

    [Fact]
    public async Task A_receipt_of_other_bytes_is_no_acceptance()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (operation, _) => operation == "CommitTransfer" ? new Trick.WrongReceipt() : null;
        var path = bench.Folder.File("houses.csv", [1]);

        var outcome = await bench.SendAsync(path);

        Assert.Equal(SendEnd.ReceiptMismatch, outcome.End);
        Assert.Null(TransferStateFile.Read(TransferStateFile.PathFor(path))!.AcceptedAt);
    }

    [Fact]
    public async Task A_newer_attempt_ends_the_older_one()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Tricks = (operation, before) =>
            operation == "PutChunk" && before == 2 ? new Trick.Run(() => bench.Service.Only.Attempt = 99) : null;

        var outcome = await bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(9 * Chunk)));

        Assert.Equal(SendEnd.TakenOver, outcome.End);
        Assert.Equal(0, bench.Service.CountOf("CommitTransfer"));
    }

    [Fact]
    public async Task A_cancelled_sending_stops_and_commits_nothing()
    {
        await using var bench = await SenderBench.StartAsync();
        using var cancellation = new CancellationTokenSource();
        bench.Service.Tricks = (operation, before) => operation == "PutChunk" && before == 2 ? new Trick.Run(cancellation.Cancel) : null;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.SendAsync(bench.Folder.File("houses.csv", TempFolder.Bytes(9 * Chunk)), cancellation.Token).AsTask());

        Assert.Equal(0, bench.Service.CountOf("CommitTransfer"));
    }

    [Fact]
    public async Task Waiting_for_delivery_ends_when_every_receiver_has_it()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Deliveries = (_, asked) =>
        [
            FakeGateway.Delivery("kaoku", DeliveryState.Delivered),
            FakeGateway.Delivery("zei", asked < 2 ? DeliveryState.Sending : DeliveryState.Applied),
        ];
        var order = SenderBench.OrderFor(bench.Folder.File("houses.csv", TempFolder.Bytes(Chunk))) with { WaitFor = WaitFor.Delivered };

        var outcome = await bench.SendAsync(order);

        Assert.Equal(SendEnd.Delivered, outcome.End);
        Assert.Equal(3, bench.Service.CountOf("GetTransferStatus"));
        Assert.Equal(["accepted", "delivered"], outcome.Receipts.Select(receipt => receipt.Kind));
    }

    [Theory]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.ReceiverRejected)]
    [InlineData(DeliveryState.Cancelled)]
    public async Task Waiting_for_delivery_ends_when_one_has_failed(DeliveryState state)
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Service.Deliveries = (_, _) =>
            [FakeGateway.Delivery("zei", DeliveryState.Sending), FakeGateway.Delivery("kaoku", state, "disk full")];
        var order = SenderBench.OrderFor(bench.Folder.File("houses.csv", [1])) with { WaitFor = WaitFor.Delivered };

        var outcome = await bench.SendAsync(order);

        Assert.Equal(SendEnd.DeliveryFailed, outcome.End);
        Assert.Contains("disk full", outcome.Reason, StringComparison.Ordinal);
        Assert.NotNull(outcome.Accepted);
    }

    [Fact]
    public async Task Waiting_for_delivery_ends_when_its_time_is_over()
    {
        await using var bench = await SenderBench.StartAsync();
        bench.Options = bench.Options with { DeliveryTimeout = TimeSpan.FromMilliseconds(30) };
        bench.Service.Deliveries = (_, _) => [FakeGateway.Delivery("kaoku", DeliveryState.Held)];
        var order = SenderBench.OrderFor(bench.Folder.File("houses.csv", [1])) with { WaitFor = WaitFor.Delivered };

        var outcome = await bench.SendAsync(order);

        Assert.Equal(SendEnd.NotDeliveredInTime, outcome.End);
        Assert.Contains("kaoku: Held", outcome.Reason, StringComparison.Ordinal);
    }

    static void Meet(CountdownEvent together)
    {
        together.Signal();
        Assert.True(together.Wait(TimeSpan.FromMinutes(3)), "The other chunks did not come while this one was on its way.");
    }
}
