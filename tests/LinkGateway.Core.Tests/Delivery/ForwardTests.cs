using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>Two gateways: A takes in and forwards, B publishes in a folder.</summary>
public sealed class ForwardTests : IAsyncLifetime
{
    const string Retry = """{ "attempts": 3, "firstDelay": "00:00:10", "maxDelay": "00:01:00" }""";

    readonly CoreWorld _a;
    readonly CoreWorld _b;
    readonly DirectPeer _peer;

    public ForwardTests()
    {
        _a = new CoreWorld("gw-a", json => RouteTo(json, "gw-b", retry: Retry, chunksInFlight: 1));
        _b = new CoreWorld("gw-b", parts: new WorldParts { Time = _a.Time, Seed = 2 });
        _peer = _a.ConnectTo(_b);
    }

    public Task InitializeAsync() => Task.WhenAll(_a.StartAsync(), _b.StartAsync());

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData((3 * ChunkSize) + 1)]
    public async Task A_file_arrives_and_its_receipts_come_back(int size)
    {
        var file = Bytes(size);
        await _a.SubmitAsync(Manifest("a", file), file);

        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(file, _b.Files.Content("/out/a.csv"));
        var receipts = (await _a.Transfers.GetReceiptsAsync(Origin, new GetReceiptsRequest { Transfer = Reference("a") }, Never)).Value!.Receipts;
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
        var attempt = (await _a.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _a.PutAsync("a", attempt, 1, file);

        await ChunkArrivesAsync(1);

        Assert.Equal("Open", (await _a.StatusAsync("a")).State);
        Assert.Empty(_b.Files.Paths);
        await _a.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);
        await _a.PutAsync("a", attempt, 2, file);
        await _a.CommitAsync("a", attempt, file);
        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(file, _b.Files.Content("/out/a.csv"));
        Assert.Equal([0, 1, 2], _peer.Chunks.Order());
    }

    [Fact]
    public async Task Chunks_flow_although_the_first_attempt_broke_within_its_first_chunk()
    {
        var file = Bytes(3 * ChunkSize);
        var first = (await _a.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _a.PutAsync("a", first, 0, file, bytes => new TestBody(bytes) { BreakAt = 1000 });
        var second = (await _a.OpenAsync(Manifest("a"))).Value!.Attempt;

        await _a.PutAsync("a", second, 0, file);

        await ChunkArrivesAsync(0);
    }

    [Fact]
    public async Task After_a_cut_only_what_is_missing_is_sent()
    {
        var cut = true;
        _peer.Fault = call => cut && call == "Put" && _peer.Chunks.Count == 3 ? new PeerFault.NotSent() : null;
        var file = Bytes(6 * ChunkSize);
        await _a.SubmitAsync(Manifest("a", file), file);

        var waiting = await _a.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-6001" }, "a cut");
        Assert.Equal(1, waiting.Attempts);
        cut = false;
        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2, 3, 4, 5], _peer.Chunks);
        Assert.Equal(file, _b.Files.Content("/out/a.csv"));
    }

    [Fact]
    public async Task A_chunk_whose_answer_was_lost_is_not_sent_again()
    {
        var lost = 0;
        _peer.Fault = call => call == "Put" && Interlocked.Increment(ref lost) == 2 ? new PeerFault.AnswerLost() : null;
        var file = Bytes(4 * ChunkSize);
        await _a.SubmitAsync(Manifest("a", file), file);

        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2, 3], _peer.Chunks);
    }

    [Fact]
    public async Task A_commit_without_an_answer_is_in_doubt_and_asked_again()
    {
        var lost = 0;
        _peer.Fault = call => call == "Commit" && Interlocked.Increment(ref lost) == 1 ? new PeerFault.AnswerLost() : null;
        _b.Journal.BeforeCommit = batch => Assert.True(batch.Receipts.Count <= 1);
        var file = Bytes(2 * ChunkSize);
        await _a.SubmitAsync(Manifest("a", file), file);

        await _a.UntilAsync(Identity("a"), DeliveryState.InDoubt);
        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);

        var events = await _a.Journal.EventsAsync(Identity("a"), Never);
        Assert.Contains(events, e => e is { From: "Sending", To: "InDoubt" });
        Assert.Single(await _b.Journal.DeliveriesAsync(ForwardIdentity("a"), Never));
        Assert.Single(await _b.Journal.ReceiptsAsync(ForwardIdentity("a"), Never), receipt => receipt.Content.Kind == ReceiptKind.Accepted);
        Assert.Equal(["/out/a.csv", "/out/a.csv.ctl.json"], _b.Files.Paths);
    }

    [Fact]
    public async Task A_commit_that_was_not_sent_is_not_in_doubt()
    {
        _peer.Fault = call => call == "Commit" ? new PeerFault.NotSent() : null;
        await _a.SubmitAsync(Manifest("a"), Bytes(10));

        await _a.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-6001" }, "a retry");

        Assert.DoesNotContain(await _a.Journal.EventsAsync(Identity("a"), Never), e => e.To == "InDoubt");
    }

    [Fact]
    public async Task A_forged_entry_receipt_is_refused_by_the_next_gateway()
    {
        _peer.Commit = commit => commit with { EntryReceiptDocument = TestReceipts.Forge(TestReceipts.Read(commit.EntryReceiptDocument!)) };
        await _a.SubmitAsync(Manifest("a"), Bytes(10));

        var delivery = await _a.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a refusal");

        Assert.Equal((DeliveryState.Waiting, "LG-6002"), (delivery.State, delivery.LastErrorCode));
        Assert.Contains("LG-2011", delivery.LastErrorText, StringComparison.Ordinal);
        Assert.Empty(await _b.Journal.ReceiptsAsync(ForwardIdentity("a"), Never));
    }

    [Fact]
    public async Task A_forged_receipt_of_the_delivery_is_refused()
    {
        _peer.Receipt = entry => entry.Kind == "delivered"
            ? entry with { ReceiptDocument = TestReceipts.Forge(TestReceipts.Read(entry.ReceiptDocument)) }
            : entry;
        await _a.SubmitAsync(Manifest("a"), Bytes(10));

        await _a.DriveAsync(() => !_a.Events.RefusedReceipts.IsEmpty, "a refused receipt");

        Assert.Equal(DeliveryState.HandedOver, (await _a.DeliveryAsync(Identity("a"))).State);
        Assert.DoesNotContain(await _a.Journal.ReceiptsAsync(Identity("a"), Never), receipt => receipt.Content.Kind == ReceiptKind.Delivered);
    }

    [Fact]
    public async Task A_receipt_of_other_bytes_proves_nothing()
    {
        _peer.Receipt = entry => entry.Kind == "delivered"
            ? entry with { ReceiptDocument = new TestReceipts().Sign(TestReceipts.Read(entry.ReceiptDocument) with { Sha256 = Sha256Digest.Of([7]) }) }
            : entry;
        await _a.SubmitAsync(Manifest("a"), Bytes(10));

        await _a.DriveAsync(() => !_a.Events.RefusedReceipts.IsEmpty, "a refused receipt");

        Assert.Equal(DeliveryState.HandedOver, (await _a.DeliveryAsync(Identity("a"))).State);
    }

    [Fact]
    public async Task Receipts_are_fetched_again_after_anything_that_went_wrong()
    {
        var failures = 0;
        _peer.Before = (call, _) => call == "Receipts" && Interlocked.Increment(ref failures) <= 3
            ? throw new InvalidOperationException("a defect")
            : Task.CompletedTask;
        await _a.SubmitAsync(Manifest("a"), Bytes(10));

        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.InRange(_a.Events.Troubles.Count, 2, 3);
    }

    [Fact]
    public async Task A_cancel_upstream_is_carried_on_while_chunks_flow()
    {
        var file = Bytes(3 * ChunkSize);
        var attempt = (await _a.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _a.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);

        await _a.CancelAsync("a");

        await Waiting.UntilAsync(async () => (await _b.RowAsync(ForwardIdentity("a"))).State == TransferState.Cancelled, () => "a cancel at B");
        Assert.Equal(DeliveryState.Cancelled, (await _a.DeliveryAsync(Identity("a"))).State);
    }

    [Fact]
    public async Task What_a_cancelled_upload_left_at_the_next_gateway_gives_way()
    {
        var file = Bytes(3 * ChunkSize);
        var attempt = (await _a.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _a.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);
        _peer.Fault = call => call == "Cancel" ? new PeerFault.NotSent() : null;
        await _a.CancelAsync("a");
        await Waiting.UntilAsync(() => _peer.Calls.Contains("Cancel"), "a cancel that gets lost");
        _peer.Fault = null;

        await _a.SubmitAsync(Manifest("a") with { FileName = "second.csv" }, file);

        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(file, _b.Files.Content("/out/second.csv"));
    }

    [Fact]
    public async Task A_gateway_that_cannot_be_reached_is_tried_again_with_back_off_and_then_given_up()
    {
        _peer.Fault = _ => new PeerFault.NotSent();
        var file = Bytes(2 * ChunkSize);
        await _a.SubmitAsync(Manifest("a", file), file);

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var made = attempt;
            var waiting = await _a.UntilAsync(
                Identity("a"), delivery => delivery.State == DeliveryState.Waiting && delivery.Attempts == made, $"attempt {made}");
            var delay = waiting.NextAttemptAt!.Value - _a.Services.Now;
            Assert.InRange(delay.TotalSeconds, 5 * attempt, 10 * attempt);
            Assert.Equal("LG-6001", waiting.LastErrorCode);
            _a.Time.Advance(delay);
        }

        var failed = await _a.UntilAsync(Identity("a"), DeliveryState.Failed);
        Assert.Equal((3, "LG-6004"), (failed.Attempts, failed.LastErrorCode));
        Assert.Contains("LG-6001", failed.LastErrorText, StringComparison.Ordinal);
        Assert.Equal(file, await _a.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task A_peer_that_names_a_time_is_not_asked_earlier()
    {
        _peer.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-5001", TimeSpan.FromHours(1)) : null;
        await _a.SubmitAsync(Manifest("a"), Bytes(10));

        var waiting = await _a.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a refusal");

        Assert.Equal(_a.Services.Now + TimeSpan.FromHours(1), waiting.NextAttemptAt);
    }

    [Fact]
    public async Task An_acceptance_wakes_what_waits_for_chunks()
    {
        var file = Bytes(2 * ChunkSize);
        var attempt = (await _a.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _a.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);
        await _a.DriveAsync(Identity("a"), DeliveryState.Waiting);
        _peer.Before = (call, _) => call == "Receipts" ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;

        await _a.PutAsync("a", attempt, 1, file);
        await _a.CommitAsync("a", attempt, file);

        Assert.Equal(1, (await _a.UntilAsync(Identity("a"), DeliveryState.HandedOver)).Attempts);
    }

    [Fact]
    public async Task An_acceptance_does_not_wake_what_rests_after_a_failure()
    {
        _peer.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-5001", TimeSpan.FromHours(1)) : null;
        var file = Bytes(2 * ChunkSize);
        var attempt = (await _a.OpenAsync(Manifest("a"))).Value!.Attempt;
        await _a.PutAsync("a", attempt, 0, file);
        var resting = await _a.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a refusal");

        await _a.PutAsync("a", attempt, 1, file);
        await _a.CommitAsync("a", attempt, file);

        Assert.Equal(resting.NextAttemptAt, (await _a.DeliveryAsync(Identity("a"))).NextAttemptAt);
    }

    [Theory]
    [InlineData("LG-3004")]
    [InlineData("LG-3003")]
    public async Task What_the_peer_will_never_take_is_given_up_at_once(string code)
    {
        _peer.Fault = call => call == "Open" ? new PeerFault.Refuse(code) : null;
        await _a.SubmitAsync(Manifest("a"), Bytes(10));

        var failed = await _a.UntilAsync(Identity("a"), DeliveryState.Failed);

        Assert.Equal((1, "LG-6002"), (failed.Attempts, failed.LastErrorCode));
        Assert.Contains(code, failed.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_only_what_is_missing_is_sent()
    {
        var hang = true;
        _peer.Before = (call, request) =>
            hang && call == "Put" && ((PutChunkRequest)request).Index == 2 ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;
        var file = Bytes(4 * ChunkSize);
        await _a.SubmitAsync(Manifest("a", file), file);
        await Waiting.UntilAsync(() => _peer.Calls.Count(call => call == "Put") == 3, "the chunk that hangs");
        await _a.StopAsync();
        hang = false;

        await using var restarted = new CoreWorld(
            "gw-a",
            json => RouteTo(json, "gw-b", retry: Retry),
            new WorldParts { Journal = _a.Journal, Spool = _a.Spool, Time = _a.Time, Seed = 3 });
        restarted.Peers["gw-b"] = _peer;
        await restarted.StartAsync();
        await restarted.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2, 3], _peer.Chunks.Order());
        Assert.Equal(file, _b.Files.Content("/out/a.csv"));
    }

    async Task ChunkArrivesAsync(int index) => await Waiting.UntilAsync(
        async () => await _b.Journal.FindTransferAsync(ForwardIdentity("a"), Never) is { } row
            && (await _b.Journal.ChunksAsync(row.PayloadId, Never)).Any(chunk => chunk.Index == index),
        () => $"chunk {index} at B; {string.Join(", ", _a.Events.Crashes)}");
}
