using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Receivers.ReceiverConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Receivers;

/// <summary>What becomes of a file that is pushed, for everything that a receiving system and the way to it may do.</summary>
public class ReceiverDeliveryTests
{
    static readonly byte[] File = Bytes((2 * ChunkSize) + 1000);
    static readonly PeerFault AnswerLost = new PeerFault.AnswerLost();
    static readonly PeerFault Lost = new PeerFault.Lost();
    static readonly PeerFault NotSent = new PeerFault.NotSent();

    [Theory]
    [InlineData(0, "submit")]
    [InlineData(100, "submit")]
    [InlineData((3 * ChunkSize) + 1, "submit")]
    [InlineData(0, "chunks")]
    [InlineData(100, "chunks")]
    [InlineData((3 * ChunkSize) + 1, "chunks")]
    public async Task A_file_arrives_byte_for_byte_under_its_identity(int size, string handOver)
    {
        var file = Bytes(size);
        await using var world = await StartAsync(handOver);
        await world.SubmitAsync(Manifest("a", file), file);

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        var (id, bytes) = Assert.Single(world.Receiving.Taken);
        Assert.Equal(Pushed("a"), id);
        Assert.Equal(file, bytes);
    }

    [Fact]
    public async Task The_manifest_travels_unchanged_with_the_hops_and_the_entry_receipt()
    {
        await using var world = await StartAsync();
        var answer = await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        var request = Assert.Single(world.Receiving.Submissions);

        Assert.Equal((await world.RowAsync(Identity("a"))).Manifest, request.Manifest);
        Assert.Equal(["gw-a"], request.Hops);
        Assert.Equal(answer.Value!.Receipt!.ReceiptDocument, request.EntryReceiptDocument);
    }

    [Fact]
    public async Task The_delivered_receipt_states_the_receivers_own_number()
    {
        await using var world = await StartAsync();
        await world.SubmitAsync(Manifest("a", File), File);

        var delivered = await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal("R-a", delivered.ReceiverReference);
        var receipts = await world.Journal.ReceiptsAsync(Identity("a"), Never);
        Assert.Equal([ReceiptKind.Accepted, ReceiptKind.Delivered], receipts.Select(receipt => receipt.Content.Kind));
        Assert.Equal(("R-a", Sha256Digest.Of(File)), (receipts[1].Content.ReceiverReference, receipts[1].Content.Sha256));
        Assert.Equal(Sha256Digest.Of(receipts[0].Document.Span), receipts[1].Content.Predecessor);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("chunks")]
    public async Task Nothing_is_pushed_before_the_file_is_accepted(string handOver)
    {
        await using var world = await StartAsync(handOver);
        var opened = await world.OpenAsync(Manifest("a"));
        for (var index = 0; index < ChunksOf(File); index++) await world.PutAsync("a", opened.Value!.Attempt, index, File);
        await world.SubmitAsync(Manifest("other", File), File);
        await world.UntilAsync(Identity("other"), DeliveryState.Delivered);
        Assert.All(world.Receiving.Taken, taken => Assert.Equal("other", taken.Id.TransferId));

        await world.CommitAsync("a", opened.Value!.Attempt, File);

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("chunks")]
    public async Task A_receiver_that_stored_other_bytes_holds_the_delivery(string handOver)
    {
        await using var world = await StartAsync(handOver, offersStatus: true);
        world.Receiving.Answer = (call, result) => call is "Submit" or "Commit" ? result with { Sha256 = Sha256Digest.Of([1]) } : result;
        await world.SubmitAsync(Manifest("a", File), File);

        var held = await world.UntilAsync(Identity("a"), DeliveryState.Held);

        Assert.Equal(ErrorCatalogue.StoredDiffers.Code, held.LastErrorCode);
        Assert.Contains(Sha256Digest.Of([1]).ToString(), held.LastErrorText, StringComparison.Ordinal);
        Assert.Equal([ReceiptKind.Accepted], (await world.Journal.ReceiptsAsync(Identity("a"), Never)).Select(r => r.Content.Kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stored_without_proof_is_no_delivery(bool withoutSize)
    {
        await using var world = await StartAsync();
        world.Receiving.Answer = (_, result) => withoutSize ? result with { Size = null } : result with { Sha256 = null };
        await world.SubmitAsync(Manifest("a", File), File);

        Assert.Equal("LG-6011", (await world.UntilAsync(Identity("a"), DeliveryState.Held)).LastErrorCode);
    }

    [Theory]
    [InlineData("submit", "Submit")]
    [InlineData("chunks", "Open")]
    [InlineData("chunks", "Commit")]
    public async Task What_the_receiver_rejects_is_over_with_its_code_and_reason(string handOver, string at)
    {
        await using var world = await StartAsync(handOver);
        world.Receiving.Answer = (call, result) => call == at
            ? new FileResult { Outcome = FileOutcome.Rejected, Code = "K-17", Text = "家屋番号なし", ReceiverReference = "R-9" }
            : result;
        await world.SubmitAsync(Manifest("a", File), File);

        var rejected = await world.UntilAsync(Identity("a"), DeliveryState.ReceiverRejected);

        Assert.Equal(("LG-6002", "R-9", null), (rejected.LastErrorCode, rejected.ReceiverReference, rejected.NextAttemptAt));
        Assert.Contains("K-17 家屋番号なし", rejected.LastErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("chunks")]
    public async Task A_receiver_that_cannot_be_reached_is_tried_again_with_back_off(string handOver)
    {
        await using var world = await StartAsync(handOver);
        world.Receiving.Fault = _ => world.Receiving.Calls.Count < 3 ? NotSent : null;
        await world.SubmitAsync(Manifest("a", File), File);

        var waiting = await world.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, Attempts: 1 }, "a retry");
        Assert.Equal("LG-6001", waiting.LastErrorCode);
        Assert.InRange((waiting.NextAttemptAt!.Value - waiting.UpdatedAt).TotalSeconds, 5, 10);

        Assert.Equal(3, (await world.DriveAsync(Identity("a"), DeliveryState.Delivered)).Attempts);
        Assert.Single(world.Receiving.Taken);
    }

    [Fact]
    public async Task A_fault_of_its_own_is_waited_for_as_long_as_it_says()
    {
        await using var world = await StartAsync();
        world.Receiving.Fault = _ => new PeerFault.Refuse("busy", TimeSpan.FromHours(1));
        await world.SubmitAsync(Manifest("a", File), File);

        var waiting = await world.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode == "LG-6002", "a refusal");

        Assert.Equal((DeliveryState.Waiting, world.Services.Now + TimeSpan.FromHours(1)), (waiting.State, waiting.NextAttemptAt));
        Assert.Contains("busy told to refuse", waiting.LastErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submit", "Submit")]
    [InlineData("chunks", "Open")]
    [InlineData("chunks", "Put")]
    [InlineData("chunks", "Commit")]
    public async Task A_fault_that_blames_the_gateway_waits_for_an_operator(string handOver, string at)
    {
        await using var world = await StartAsync(handOver);
        world.Receiving.Fault = call => call == at ? new PeerFault.Refuse("S-1", OurFault: true) : null;
        await world.SubmitAsync(Manifest("a", File), File);

        var held = await world.UntilAsync(Identity("a"), DeliveryState.Held);

        Assert.Equal(("LG-6002", 1), (held.LastErrorCode, held.Attempts));
        Assert.Contains("S-1 told to refuse", held.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_and_the_file_is_not_sent_again()
    {
        await using var world = await StartAsync(offersStatus: true);
        world.Receiving.Fault = call => call == "Submit" ? AnswerLost : null;
        await world.SubmitAsync(Manifest("a", File), File);
        Assert.Equal("LG-6010", (await world.UntilAsync(Identity("a"), DeliveryState.InDoubt)).LastErrorCode);

        var delivered = await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(["Submit", "Status"], world.Receiving.Calls);
        Assert.Equal("R-a", delivered.ReceiverReference);
        Assert.Single(world.Receiving.Taken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_got_lost_is_sent_again_once_the_receiver_says_that_it_does_not_have_it(bool atMostOnce)
    {
        await using var world = await StartAsync(offersStatus: true, atMostOnce: atMostOnce);
        world.Receiving.Fault = call => call == "Submit" && world.Receiving.Calls.Count == 1 ? Lost : null;
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.InDoubt);

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(["Submit", "Status", "Submit"], world.Receiving.Calls);
        Assert.Equal((Pushed("a"), 1), (Assert.Single(world.Receiving.Taken).Id, world.Receiving.Taken.Count));
    }

    [Fact]
    public async Task The_doubt_is_over_with_the_receivers_word_even_if_the_next_sending_fails()
    {
        await using var world = await StartAsync(offersStatus: true);
        world.Receiving.Fault = call => call == "Status" ? null : world.Receiving.Calls.Count == 1 ? Lost : NotSent;
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.InDoubt);

        var waiting = await world.DriveAsync(Identity("a"), delivery => delivery.LastErrorCode == "LG-6001", "a retry");

        Assert.Equal(DeliveryState.Waiting, waiting.State);
    }

    [Fact]
    public async Task A_receiver_that_is_asked_may_have_rejected_it()
    {
        await using var world = await StartAsync(offersStatus: true);
        world.Receiving.Fault = call => call == "Submit" ? Lost : null;
        world.Receiving.Answer = (_, _) => new FileResult { Outcome = FileOutcome.Rejected, Code = "K-1" };
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.InDoubt);

        await world.DriveAsync(Identity("a"), DeliveryState.ReceiverRejected);

        Assert.Equal(["Submit", "Status"], world.Receiving.Calls);
    }

    [Theory]
    [InlineData("Submit")]
    [InlineData("Status")]
    public async Task While_the_receiver_works_on_the_file_it_is_asked_when_it_says_and_sent_nothing(string busyAt)
    {
        await using var world = await StartAsync(offersStatus: true);
        world.Receiving.Fault = call => call == "Submit" && busyAt == "Status" ? AnswerLost : null;
        world.Receiving.Answer = (call, result) => call == busyAt && world.Receiving.Calls.Count < 3
            ? new FileResult { Outcome = FileOutcome.Unknown, RetryAfterSeconds = 3600 }
            : result;
        await world.SubmitAsync(Manifest("a", File), File);

        var asked = await world.DriveAsync(
            Identity("a"), delivery => delivery.NextAttemptAt > world.Services.Now + TimeSpan.FromMinutes(50), "a time to ask again");
        Assert.Equal(DeliveryState.InDoubt, asked.State);
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Single(world.Receiving.Calls, call => call == "Submit");
        Assert.Single(world.Receiving.Taken);
    }

    [Fact]
    public async Task A_question_that_is_not_answered_leaves_the_doubt_until_no_attempt_is_left()
    {
        await using var world = await StartAsync(offersStatus: true);
        world.Receiving.Fault = call => call == "Submit" ? AnswerLost : NotSent;
        await world.SubmitAsync(Manifest("a", File), File);

        await world.DriveAsync(Identity("a"), delivery => delivery is { State: DeliveryState.InDoubt, Attempts: 3 }, "the third attempt");

        Assert.Equal(["Submit", "Status", "Status"], world.Receiving.Calls);
    }

    [Fact]
    public async Task Who_cannot_be_asked_gets_the_file_again_under_the_same_identity()
    {
        await using var world = await StartAsync(parts: new DirectReceiver { Forgets = true });
        world.Receiving.Fault = _ => world.Receiving.Calls.Count == 1 ? AnswerLost : null;
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.InDoubt);

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(["Submit", "Submit"], world.Receiving.Calls);
        Assert.Equal(2, world.Receiving.Taken.Count);
        Assert.All(world.Receiving.Taken, taken => Assert.Equal(Pushed("a"), taken.Id));
    }

    [Fact]
    public async Task At_most_once_holds_what_may_have_arrived_and_tells_the_operator_what_to_do()
    {
        await using var world = await StartAsync(atMostOnce: true);
        world.Receiving.Fault = _ => AnswerLost;
        await world.SubmitAsync(Manifest("a", File), File);

        var held = await world.UntilAsync(Identity("a"), DeliveryState.Held);

        Assert.Equal("LG-6010", held.LastErrorCode);
        Assert.Contains("atMostOnce", held.LastErrorText, StringComparison.Ordinal);
        Assert.Contains("settle", held.LastErrorText, StringComparison.Ordinal);
        Assert.Equal(["Submit"], world.Receiving.Calls);
    }

    [Theory]
    [InlineData(OrderKind.Release, DeliveryState.Held, 1)]
    [InlineData(OrderKind.SettleDelivered, DeliveryState.Delivered, 1)]
    [InlineData(OrderKind.SettleNotDelivered, DeliveryState.Delivered, 2)]
    public async Task At_most_once_sends_again_only_what_an_operator_says_has_not_arrived(OrderKind order, DeliveryState end, int calls)
    {
        await using var world = await StartAsync(atMostOnce: true);
        world.Receiving.Fault = _ => world.Receiving.Calls.Count == 1 ? AnswerLost : null;
        await world.SubmitAsync(Manifest("a", File), File);
        var held = await world.UntilAsync(Identity("a"), DeliveryState.Held);

        await new OrderDesk(world).DoneAsync(order, Identity("a"));

        await world.DriveAsync(Identity("a"), delivery => delivery.State == end && delivery.Version > held.Version, $"{end}");
        Assert.Equal(calls, world.Receiving.Calls.Count);
    }

    [Theory]
    [InlineData("OK", null)]
    [InlineData("unknown", 60)]
    public async Task At_most_once_holds_what_the_receiver_leaves_open(string outcome, int? retryAfterSeconds)
    {
        await using var world = await StartAsync(atMostOnce: true);
        world.Receiving.Answer = (_, _) => new FileResult { Outcome = outcome, RetryAfterSeconds = retryAfterSeconds };
        await world.SubmitAsync(Manifest("a", File), File);

        await world.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "an end");

        Assert.Equal(DeliveryState.Held, (await world.DeliveryAsync(Identity("a"))).State);
    }

    [Fact]
    public async Task At_most_once_tries_again_what_certainly_did_not_arrive()
    {
        await using var world = await StartAsync(atMostOnce: true);
        world.Receiving.Fault = _ => world.Receiving.Calls.Count switch
        {
            1 => NotSent,
            2 => new PeerFault.Refuse("busy"),
            _ => null,
        };
        await world.SubmitAsync(Manifest("a", File), File);

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Single(world.Receiving.Taken);
    }

    [Theory]
    [InlineData("submit", "Submit")]
    [InlineData("chunks", "Commit")]
    public async Task A_receiver_that_answers_that_it_did_not_store_it_gets_it_again(string handOver, string at)
    {
        await using var world = await StartAsync(handOver);
        var told = 0;
        world.Receiving.Answer = (call, result) => call == at && Interlocked.Increment(ref told) == 1
            ? new FileResult { Outcome = FileOutcome.Unknown }
            : result;
        await world.SubmitAsync(Manifest("a", File), File);

        var waiting = await world.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a retry");
        Assert.Equal((DeliveryState.Waiting, "LG-6002"), (waiting.State, waiting.LastErrorCode));

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_word_that_the_contract_does_not_know_leaves_it_in_doubt()
    {
        await using var world = await StartAsync(offersStatus: true);
        world.Receiving.Answer = (call, result) => call == "Submit" ? result with { Outcome = "OK" } : result;
        await world.SubmitAsync(Manifest("a", File), File);

        var doubt = await world.UntilAsync(Identity("a"), DeliveryState.InDoubt);

        Assert.Contains("'OK'", doubt.LastErrorText, StringComparison.Ordinal);
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(["Submit", "Status"], world.Receiving.Calls);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_asked_for_by_opening_again()
    {
        await using var world = await StartAsync("chunks", atMostOnce: true);
        world.Receiving.Fault = call => call == "Commit" ? AnswerLost : null;
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.InDoubt);

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(["Open", "Put", "Put", "Put", "Commit", "Open"], world.Receiving.Calls);
        Assert.Single(world.Receiving.Taken);
    }

    [Fact]
    public async Task Chunks_that_arrived_before_the_break_are_not_sent_again()
    {
        var file = Bytes(8 * ChunkSize);
        await using var world = await StartAsync("chunks");
        world.Receiving.Fault = call => call == "Put" && world.Receiving.Chunks.Count == 5 ? Lost : null;
        await world.SubmitAsync(Manifest("a", file), file);
        await world.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, Attempts: 1 }, "a break");

        world.Receiving.Fault = null;
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(Enumerable.Range(0, 8), world.Receiving.Chunks.Order());
    }

    [Fact]
    public async Task Ranges_are_believed_as_far_as_they_cover_whole_chunks_of_the_file()
    {
        await using var world = await StartAsync("chunks");
        world.Receiving.Answer = (call, result) => call != "Open" ? result : result with
        {
            Held =
            [
                new(-1, 10), new(0, ChunkSize - 1), new(ChunkSize + 1, ChunkSize), new(2 * ChunkSize, 999), new(long.MaxValue, long.MaxValue),
                new(5, -5),
            ],
        };
        await world.SubmitAsync(Manifest("a", File), File);

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2], world.Receiving.Chunks.Order());
    }

    [Fact]
    public async Task A_range_without_end_holds_the_file_and_no_more()
    {
        await using var world = await StartAsync("chunks");
        var opened = 0;
        world.Receiving.Answer = (call, result) => call == "Open" && Interlocked.Increment(ref opened) == 2
            ? result with { Held = [new(0, long.MaxValue)] }
            : result;
        world.Receiving.Fault = call => call == "Commit" && opened == 1 ? NotSent : null;
        await world.SubmitAsync(Manifest("a", File), File);

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal([0, 1, 2], world.Receiving.Chunks.Order());
    }

    [Theory]
    [InlineData(true, new[] { 2 })]
    [InlineData(false, new[] { 1, 2 })]
    public async Task A_list_of_ranges_that_breaks_off_goes_on_where_the_receiver_can_be_asked(bool offersStatus, int[] sent)
    {
        await using var world = await StartAsync("chunks", offersStatus);
        world.Receiving.Answer = (call, result) => call switch
        {
            "Open" => result with { Held = [new(0, ChunkSize)], HeldFrom = ChunkSize },
            "Status" => result with { Held = [new(ChunkSize, ChunkSize)], HeldFrom = ChunkSize },
            // The receiver of this test does not have what it says.
            _ => result with { Outcome = FileOutcome.Rejected },
        };
        world.Receiving.Fault = call => call == "Commit" ? NotSent : null;
        await world.SubmitAsync(Manifest("a", File), File);

        await world.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode == "LG-6001", "the commit");

        Assert.Equal(sent, world.Receiving.Chunks.Order());
    }

    [Fact]
    public async Task No_more_chunks_are_in_flight_than_configured()
    {
        var file = Bytes(20 * ChunkSize);
        await using var world = new CoreWorld(configuration: With("chunks", more: destination => destination["chunksInFlight"] = 2));
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", file), file);

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.InRange(world.Receiving.MostFlying, 1, 2);
    }

    [Theory]
    [InlineData(100, "submit")]
    [InlineData((2 * ChunkSize) + 1, "submit")]
    [InlineData((2 * ChunkSize) + 1, "chunks")]
    public async Task Stored_bytes_that_are_damaged_never_arrive_whole(int size, string handOver)
    {
        await using var world = new CoreWorld(configuration: With(handOver));
        await world.SubmitAsync(Manifest("a"), Bytes(size));
        var payload = (await world.RowAsync(Identity("a"))).PayloadId;
        var damage = new JournalBatch();
        damage.Chunks.Add((payload, (await world.Journal.ChunksAsync(payload, Never))[^1] with { Sha256 = Sha256Digest.Of([7]) }));
        await world.Journal.CommitAsync(damage, Never);
        await world.StartAsync();

        var held = await world.UntilAsync(Identity("a"), DeliveryState.Held);

        Assert.Equal("LG-5002", held.LastErrorCode);
        Assert.Contains("damaged", held.LastErrorText, StringComparison.Ordinal);
        Assert.Empty(world.Receiving.Taken);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("chunks")]
    public async Task A_store_that_cannot_be_read_for_a_while_only_delays(string handOver)
    {
        await using var world = new CoreWorld(configuration: With(handOver));
        await world.SubmitAsync(Manifest("a", File), File);
        var failures = 0;
        world.Store.BeforeRead = (_, offset) => offset >= ChunkSize && Interlocked.Increment(ref failures) == 1
            ? throw new StorageException(StorageFailure.Unavailable, "told to")
            : ValueTask.CompletedTask;
        await world.StartAsync();

        await world.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-5002" }, "a retry");
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(File, Assert.Single(world.Receiving.Taken).Bytes);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_does_not_end_a_doubt()
    {
        await using var world = await StartAsync();
        world.Receiving.Fault = _ => Lost;
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.InDoubt);
        world.Store.BeforeRead = (_, _) => throw new StorageException(StorageFailure.Unavailable, "told to");
        world.Receiving.Fault = null;

        var doubt = await world.DriveAsync(Identity("a"), delivery => delivery.LastErrorCode == "LG-5002", "the store's trouble");

        Assert.Equal(DeliveryState.InDoubt, doubt.State);
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_given_up_and_kept()
    {
        await using var world = await StartAsync();
        world.Receiving.Fault = _ => NotSent;
        await world.SubmitAsync(Manifest("a", File), File);

        var failed = await world.DriveAsync(Identity("a"), DeliveryState.Failed);

        Assert.Equal((5, "LG-6004"), (failed.Attempts, failed.LastErrorCode));
        Assert.Equal(File, await world.StoredAsync(Identity("a")));
    }

    static async Task<CoreWorld> StartAsync(
        string handOver = "submit", bool offersStatus = false, bool atMostOnce = false, DirectReceiver? parts = null)
    {
        var world = new CoreWorld(configuration: With(handOver, offersStatus, atMostOnce)) { Receiving = parts ?? new DirectReceiver() };
        await world.StartAsync();
        return world;
    }
}
