using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

public sealed class ForwardTests : TwoGateways
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData((3 * ChunkSize) + 1)]
    public async Task A_file_arrives_and_its_receipts_come_back(int size)
    {
        var file = Bytes(size);
        await A.SubmitAsync(Manifest("a", file), file);

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(file, B.Files.Content("/out/a.csv"));
        var request = new GetReceiptsRequest { Transfer = Reference("a") };
        var receipts = (await A.Transfers.GetReceiptsAsync(Origin, request, Never)).Value!.Receipts;
        Assert.Equal(
            [("gw-a", "accepted"), ("gw-b", "accepted"), ("gw-b", "delivered")],
            receipts.Select(receipt => (receipt.Issuer, receipt.Kind)));
        var contents = receipts.Select(receipt => TestReceipts.Read(receipt.ReceiptDocument)).ToList();
        Assert.All(contents, content => Assert.Equal((Sha256Digest.Of(file), contents[0].Root), (content.Sha256, content.Root)));
        Assert.Equal(
            [null, Sha256Digest.Of(receipts[0].ReceiptDocument), Sha256Digest.Of(receipts[1].ReceiptDocument)],
            contents.Select(content => content.Predecessor));
    }

    [Fact]
    public async Task Chunks_flow_before_the_acceptance()
    {
        var file = Bytes(3 * ChunkSize);
        var attempt = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;
        await A.PutAsync("a", attempt, 1, file);

        await ChunkArrivesAsync(1);

        Assert.Equal("Open", (await A.StatusAsync("a")).State);
        Assert.Empty(B.Files.Paths);
        await A.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);
        await A.PutAsync("a", attempt, 2, file);
        await A.CommitAsync("a", attempt, file);
        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(file, B.Files.Content("/out/a.csv"));
        Assert.Equal([0, 1, 2], Peer.Chunks.Order());
    }

    [Fact]
    public async Task Chunks_flow_although_the_first_attempt_broke_within_its_first_chunk()
    {
        var file = Bytes(3 * ChunkSize);
        var first = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;
        await A.PutAsync("a", first, 0, file, bytes => new TestBody(bytes) { BreakAt = 1000 });
        var second = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;

        await A.PutAsync("a", second, 0, file);

        await ChunkArrivesAsync(0);
    }

    [Fact]
    public async Task After_a_cut_only_what_is_missing_is_sent()
    {
        var cut = true;
        Peer.Fault = call => cut && call == "Put" && Peer.Chunks.Count == 3 ? new PeerFault.NotSent() : null;
        var file = Bytes(6 * ChunkSize);
        await A.SubmitAsync(Manifest("a", file), file);

        var waiting = await A.UntilAsync(
            Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-6001" }, "a cut");
        Assert.Equal(1, waiting.Attempts);
        cut = false;
        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2, 3, 4, 5], Peer.Chunks.Order());
        Assert.Equal(file, B.Files.Content("/out/a.csv"));
    }

    [Fact]
    public async Task A_chunk_whose_answer_was_lost_is_not_sent_again()
    {
        var lost = 0;
        Peer.Fault = call => call == "Put" && Interlocked.Increment(ref lost) == 2 ? new PeerFault.AnswerLost() : null;
        var file = Bytes(4 * ChunkSize);
        await A.SubmitAsync(Manifest("a", file), file);

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2, 3], Peer.Chunks.Order());
    }

    [Fact]
    public async Task A_commit_without_an_answer_is_in_doubt_and_asked_again()
    {
        var (lost, cut) = (0, true);
        Peer.Fault = call => call switch
        {
            "Commit" when Interlocked.Increment(ref lost) == 1 => new PeerFault.AnswerLost(),
            "Receipts" when cut => new PeerFault.NotSent(),
            _ => null,
        };
        B.Journal.BeforeCommit = batch => Assert.True(batch.Receipts.Count <= 1);
        var file = Bytes(2 * ChunkSize);
        await A.SubmitAsync(Manifest("a", file), file);

        await A.UntilAsync(Identity("a"), DeliveryState.InDoubt);
        cut = false;
        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        var events = await A.Journal.EventsAsync(Identity("a"), Never);
        Assert.Contains(events, e => e is { From: "Sending", To: "InDoubt" });
        Assert.Single(await B.Journal.DeliveriesAsync(ForwardIdentity("a"), Never));
        Assert.Single(await B.Journal.ReceiptsAsync(ForwardIdentity("a"), Never), receipt => receipt.Content.Kind == ReceiptKind.Accepted);
        Assert.Equal(["/out/a.csv", "/out/a.csv.ctl.json"], B.Files.Paths);
    }

    [Fact]
    public async Task A_commit_that_was_not_sent_is_not_in_doubt()
    {
        Peer.Fault = call => call == "Commit" ? new PeerFault.NotSent() : null;
        await A.SubmitAsync(Manifest("a"), Bytes(10));

        await A.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-6001" }, "a retry");

        Assert.DoesNotContain(await A.Journal.EventsAsync(Identity("a"), Never), e => e.To == "InDoubt");
    }

    [Fact]
    public async Task A_cancel_upstream_is_carried_on_while_chunks_flow()
    {
        var file = Bytes(3 * ChunkSize);
        var attempt = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;
        await A.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);

        await A.CancelAsync("a");

        await Waiting.UntilAsync(
            async () => (await B.RowAsync(ForwardIdentity("a"))).State == TransferState.Cancelled, () => "a cancel at B");
        await A.UntilAsync(Identity("a"), DeliveryState.Cancelled);
    }

    [Fact]
    public async Task What_a_cancelled_upload_left_at_the_next_gateway_gives_way()
    {
        var file = Bytes(3 * ChunkSize);
        var attempt = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;
        await A.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);
        var lost = 0;
        Peer.Fault = call => call == "Cancel" && Interlocked.Increment(ref lost) > 0 ? new PeerFault.NotSent() : null;
        await A.CancelAsync("a");
        await Waiting.UntilAsync(() => Volatile.Read(ref lost) > 0, "a cancel that gets lost");
        Peer.Fault = null;

        await A.SubmitAsync(Manifest("a") with { FileName = "second.csv" }, file);

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(file, B.Files.Content("/out/second.csv"));
    }

    [Fact]
    public async Task After_a_restart_only_what_is_missing_is_sent()
    {
        var hang = true;
        Peer.Before = (call, _) =>
            hang && call == "Put" && Peer.Chunks.Count == 2 ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;
        var file = Bytes(4 * ChunkSize);
        await A.SubmitAsync(Manifest("a", file), file);
        await Waiting.UntilAsync(() => Peer.Calls.Count(call => call == "Put") == 3, "the chunk that hangs");
        await A.StopAsync();
        hang = false;

        await using var restarted = new CoreWorld(
            "gw-a",
            json => RouteTo(json, "gw-b", retry: Retry),
            new WorldParts { Journal = A.Journal, Spool = A.Spool, Time = A.Time, Seed = 3 });
        restarted.Peers["gw-b"] = Peer;
        await restarted.StartAsync();
        await restarted.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2, 3], Peer.Chunks.Order());
        Assert.Equal(file, B.Files.Content("/out/a.csv"));
    }
}
