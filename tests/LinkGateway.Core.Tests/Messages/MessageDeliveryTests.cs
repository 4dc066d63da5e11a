using System.Text.Json.Nodes;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Messages;

public class MessageDeliveryTests
{
    static readonly TransferIdentity Sent = Identity(MessageId);
    static readonly byte[] Body = Bytes(100);
    static readonly MessageAnswer Unreachable = new MessageAnswer.NotSent("LG-6006", "refused");
    static readonly MessageAnswer Silent = new MessageAnswer.MaybeSent("LG-6009", "The receiver sent nothing.");

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData((2 * ChunkSize) + 1)]
    public async Task A_message_reaches_its_receiver_byte_for_byte_with_what_HTTP_must_repeat(int size)
    {
        await using var world = await StartAsync();
        var answer = await world.SubmitAsync(Message(), Bytes(size));

        var delivery = await world.UntilAsync(Sent, DeliveryState.Delivered);

        var (post, body) = Assert.Single(world.Sender.Arrived);
        Assert.Equal(Bytes(size), body);
        Assert.Equal((Destination, Sent, Receiver, delivery.DeliveryId, 1),
            (post.Destination.Id, post.Identity, post.Receiver, post.DeliveryId, post.Attempt));
        Assert.Equal((await world.RowAsync(Sent)).Manifest, post.Manifest);
        Assert.Equal(["gw-a"], post.Hops);
        Assert.Equal(answer.Value!.Receipt!.ReceiptDocument, post.EntryReceiptDocument.ToArray());
        Assert.Null(post.ReplyTo);
        Assert.Null(post.InReplyTo);
    }

    [Fact]
    public async Task The_delivered_receipt_follows_the_accepted_one()
    {
        await using var world = await StartAsync();
        var answer = await world.SubmitAsync(Message(), Body);
        await world.UntilAsync(Sent, DeliveryState.Delivered);

        var receipts = await world.Journal.ReceiptsAsync(Sent, Never);

        Assert.Equal([ReceiptKind.Accepted, ReceiptKind.Delivered], receipts.Select(receipt => receipt.Content.Kind));
        Assert.Equal((Receiver, Sha256Digest.Of(Body)), (receipts[1].Content.Receiver, receipts[1].Content.Sha256));
        Assert.Equal(Sha256Digest.Of(answer.Value!.Receipt!.ReceiptDocument), receipts[1].Content.Predecessor);
    }

    [Fact]
    public async Task A_receiver_that_cannot_be_reached_is_tried_again_with_back_off_under_the_same_id()
    {
        await using var world = await StartAsync();
        world.Sender.Fault = post => post.Attempt < 3 ? Unreachable : null;
        await world.SubmitAsync(Message(), Body);

        var waiting = await world.UntilAsync(Sent, delivery => delivery is { State: DeliveryState.Waiting, Attempts: 1 }, "a retry");
        Assert.Equal("LG-6006", waiting.LastErrorCode);
        Assert.InRange((waiting.NextAttemptAt!.Value - waiting.UpdatedAt).TotalSeconds, 5, 10);
        await world.DriveAsync(Sent, DeliveryState.Delivered);

        var (post, body) = Assert.Single(world.Sender.Arrived);
        Assert.Equal((3, waiting.DeliveryId), (post.Attempt, post.DeliveryId));
        Assert.Equal(Body, body);
    }

    [Fact]
    public async Task A_receiver_that_names_a_time_is_not_asked_earlier()
    {
        await using var world = await StartAsync();
        world.Sender.Fault = _ => new MessageAnswer.Busy("LG-6007", "full", TimeSpan.FromHours(1));
        await world.SubmitAsync(Message(), Body);

        var waiting = await world.UntilAsync(Sent, delivery => delivery.LastErrorCode == "LG-6007", "a refusal");

        Assert.Equal((DeliveryState.Waiting, world.Services.Now + TimeSpan.FromHours(1)), (waiting.State, waiting.NextAttemptAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_last_attempt_it_is_given_up_and_kept(bool silent)
    {
        await using var world = await StartAsync();
        world.Sender.Fault = _ => silent ? Silent : Unreachable;
        await world.SubmitAsync(Message(), Body);

        var failed = await world.DriveAsync(Sent, DeliveryState.Failed);

        Assert.Equal((3, "LG-6004"), (failed.Attempts, failed.LastErrorCode));
        Assert.Equal(Body, await world.StoredAsync(Sent));
    }

    [Fact]
    public async Task A_message_that_the_receiver_calls_wrong_is_given_up_at_once()
    {
        await using var world = await StartAsync();
        world.Sender.Fault = _ => new MessageAnswer.Refused("", "soap:Client: no such house");
        await world.SubmitAsync(Message(), Body);

        var failed = await world.UntilAsync(Sent, DeliveryState.Failed);

        Assert.Equal((1, "LG-6002"), (failed.Attempts, failed.LastErrorCode));
        Assert.Contains("no such house", failed.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_have_arrived_is_in_doubt_and_sent_again_under_the_same_id()
    {
        await using var world = await StartAsync();
        world.Sender.Fault = post => post.Attempt == 1 ? Silent : null;
        await world.SubmitAsync(Message(), Body);

        Assert.Equal("LG-6009", (await world.UntilAsync(Sent, DeliveryState.InDoubt)).LastErrorCode);
        var delivered = await world.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Equal(
            [(1, delivered.DeliveryId), (2, delivered.DeliveryId)],
            world.Sender.Arrived.Select(arrived => (arrived.Post.Attempt, arrived.Post.DeliveryId)));
    }

    [Fact]
    public async Task At_most_once_holds_what_may_have_arrived_and_tells_the_operator_what_to_do()
    {
        await using var world = await StartAsync(AtMostOnce);
        world.Sender.Fault = _ => Silent;
        await world.SubmitAsync(Message(), Body);

        var held = await world.UntilAsync(Sent, DeliveryState.Held);

        Assert.Equal(("LG-6009", null), (held.LastErrorCode, held.NextAttemptAt));
        Assert.Contains("atMostOnce", held.LastErrorText, StringComparison.Ordinal);
        Assert.Contains("settle", held.LastErrorText, StringComparison.Ordinal);
        Assert.Single(world.Sender.Arrived);
    }

    [Theory]
    [InlineData(OrderKind.Release, DeliveryState.Held, 1)]
    [InlineData(OrderKind.SettleDelivered, DeliveryState.Delivered, 1)]
    [InlineData(OrderKind.SettleNotDelivered, DeliveryState.Delivered, 2)]
    public async Task At_most_once_sends_again_only_what_an_operator_says_has_not_arrived(
        OrderKind order, DeliveryState end, int arrivals)
    {
        await using var world = await StartAsync(AtMostOnce);
        var posts = 0;
        world.Sender.Fault = _ => Interlocked.Increment(ref posts) == 1 ? Silent : null;
        await world.SubmitAsync(Message(), Body);
        var held = await world.UntilAsync(Sent, DeliveryState.Held);

        await new OrderDesk(world).DoneAsync(order, Sent);

        await world.DriveAsync(Sent, delivery => delivery.State == end && delivery.Version > held.Version, $"{end}");
        Assert.Equal(arrivals, world.Sender.Arrived.Count);
    }

    [Fact]
    public async Task At_most_once_tries_again_what_certainly_did_not_arrive()
    {
        await using var world = await StartAsync(AtMostOnce);
        world.Sender.Fault = post => post.Attempt == 1 ? Unreachable : null;
        await world.SubmitAsync(Message(), Body);

        await world.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Single(world.Sender.Arrived);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_receiver_has_it_and_the_journal_fails_it_is_sent_again_or_held(bool atMostOnce)
    {
        await using var world = await StartAsync(atMostOnce ? AtMostOnce : null);
        world.Journal.BeforeCommit = batch =>
        {
            if (world.Sender.Arrived.Count == 1 && batch.Receipts.Count > 0)
                throw new StorageException(StorageFailure.Unavailable, "told to");
        };
        await world.SubmitAsync(Message(), Body);

        await Waiting.UntilAsync(() => !world.Events.Crashes.IsEmpty, "the commit that fails");
        await world.DriveAsync(Sent, atMostOnce ? DeliveryState.Held : DeliveryState.Delivered);

        Assert.Equal(atMostOnce ? 1 : 2, world.Sender.Arrived.Count);
    }

    [Fact]
    public async Task Alternates_are_tried_in_order_and_the_next_attempt_begins_at_the_first_again()
    {
        await using var world = await StartAsync(WithAlternate);
        world.Sender.Fault = post => post.Attempt == 1 ? Unreachable : post.Destination.Id == Destination
            ? new MessageAnswer.Busy("LG-6007", "full")
            : null;
        await world.SubmitAsync(Message(), Body);

        Assert.Equal(Alternate, (await world.UntilAsync(Sent, delivery => delivery.LastErrorCode is not null, "a retry")).DestinationId);
        var delivered = await world.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Equal((Alternate, 2), (delivered.DestinationId, delivered.Attempts));
        Assert.Equal([Destination, Alternate, Destination, Alternate], world.Sender.Calls);
    }

    [Fact]
    public async Task The_longest_time_that_was_named_is_kept_for_all_alternates()
    {
        await using var world = await StartAsync(WithAlternate);
        world.Sender.Fault = post => post.Destination.Id == Destination
            ? new MessageAnswer.Busy("LG-6007", "full", TimeSpan.FromHours(1))
            : Unreachable;
        await world.SubmitAsync(Message(), Body);

        var waiting = await world.UntilAsync(Sent, delivery => delivery.LastErrorCode is not null, "a retry");

        Assert.Equal(world.Services.Now + TimeSpan.FromHours(1), waiting.NextAttemptAt);
    }

    [Fact]
    public async Task What_may_have_arrived_does_not_go_to_an_alternate_in_the_same_attempt()
    {
        await using var world = await StartAsync(WithAlternate);
        world.Sender.Fault = _ => Silent;
        await world.SubmitAsync(Message(), Body);

        await world.UntilAsync(Sent, DeliveryState.InDoubt);

        Assert.Equal([Destination], world.Sender.Calls);
    }

    [Theory]
    [InlineData(100)]
    [InlineData((2 * ChunkSize) + 1)]
    public async Task Stored_bytes_that_are_damaged_never_arrive_whole(int size)
    {
        await using var world = new CoreWorld(configuration: With());
        await world.SubmitAsync(Message(), Bytes(size));
        await DamageAsync(world);
        await world.StartAsync();

        var held = await world.UntilAsync(Sent, DeliveryState.Held);

        Assert.Equal("LG-5002", held.LastErrorCode);
        Assert.Contains("damaged", held.LastErrorText, StringComparison.Ordinal);
        Assert.Empty(world.Sender.Arrived);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_for_a_while_only_delays()
    {
        await using var world = new CoreWorld(configuration: With());
        await world.SubmitAsync(Message(), Bytes(2 * ChunkSize));
        var failures = 0;
        world.Store.BeforeRead = (_, offset) => offset > ChunkSize && Interlocked.Increment(ref failures) == 1
            ? throw new StorageException(StorageFailure.Unavailable, "told to")
            : ValueTask.CompletedTask;
        await world.StartAsync();

        await world.UntilAsync(Sent, delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-5002" }, "a retry");
        await world.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Equal(Bytes(2 * ChunkSize), Assert.Single(world.Sender.Arrived).Body);
    }

    [Fact]
    public async Task A_sender_that_crashes_does_not_stop_the_others_and_is_asked_again()
    {
        await using var world = await StartAsync();
        world.Sender.Before = post => post is { Identity.TransferId: "bad", Attempt: 1 }
            ? throw new InvalidOperationException("a defect")
            : Task.CompletedTask;
        await world.SubmitAsync(Message("bad"), Body);
        await Waiting.UntilAsync(() => !world.Events.Crashes.IsEmpty, "a crash");

        await world.SubmitAsync(Message("good"), Body);
        await world.UntilAsync(Identity("good"), DeliveryState.Delivered);
        world.Time.Advance(TimeSpan.FromMinutes(6));

        await world.DriveAsync(Identity("bad"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_message_that_is_cancelled_before_it_went_out_never_goes()
    {
        await using var world = new CoreWorld(configuration: With());
        await world.SubmitAsync(Message(), Body);
        await world.CancelAsync(MessageId);
        await world.SubmitAsync(Message("later"), Body);
        await world.StartAsync();

        await world.UntilAsync(Identity("later"), DeliveryState.Delivered);

        Assert.Equal("later", Assert.Single(world.Sender.Arrived).Post.Identity.TransferId);
        Assert.Equal(DeliveryState.Cancelled, (await world.DeliveryAsync(Sent)).State);
    }

    [Fact]
    public async Task What_waits_follows_its_route_after_a_reload()
    {
        await using var world = await StartAsync();
        world.Sender.Fault = post => post.Destination.Id == Destination ? Unreachable : null;
        await world.SubmitAsync(Message(), Body);
        await world.UntilAsync(Sent, delivery => delivery.LastErrorCode is not null, "a retry");

        world.Reload(With(WithAlternate));

        Assert.Equal(Alternate, (await world.DriveAsync(Sent, DeliveryState.Delivered)).DestinationId);
    }

    [Fact]
    public async Task A_route_that_is_gone_after_a_reload_leaves_the_destination_and_the_default_policy()
    {
        await using var first = new CoreWorld(configuration: With());
        await first.SubmitAsync(Message(), Body);
        await using var world = Restarted(first, json => json["routes"]!.AsArray().Remove(Route(json)));
        world.Sender.Fault = post => post.Attempt < 5 ? Unreachable : null;
        await world.StartAsync();

        var delivered = await world.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Equal((5, Destination), (delivered.Attempts, delivered.DestinationId));
    }

    [Fact]
    public async Task A_destination_that_is_gone_after_a_reload_holds_the_message()
    {
        await using var first = new CoreWorld(configuration: With());
        await first.SubmitAsync(Message(), Body);
        await using var world = Restarted(first, json =>
        {
            Route(json)["destination"] = Alternate;
            json["destinations"]!.AsArray().Remove(DestinationOf(json, Destination));
        });
        await world.StartAsync();

        var held = await world.UntilAsync(Sent, DeliveryState.Held);

        Assert.Contains(Destination, held.LastErrorText, StringComparison.Ordinal);
        Assert.Empty(world.Sender.Calls);
    }

    static void AtMostOnce(JsonNode json) => DestinationOf(json, Destination)["atMostOnce"] = true;

    static void WithAlternate(JsonNode json) => Route(json)["alternates"] = new JsonArray(Alternate);

    static async Task<CoreWorld> StartAsync(Action<JsonNode>? more = null)
    {
        var world = new CoreWorld(configuration: With(more));
        await world.StartAsync();
        return world;
    }

    static CoreWorld Restarted(CoreWorld before, Action<JsonNode> more) => new(
        configuration: With(more), parts: new WorldParts { Journal = before.Journal, Spool = before.Spool, Time = before.Time, Seed = 2 });

    /// <summary>The disk changes the last byte of the last chunk that the journal knows: here its digest changes instead.</summary>
    static async Task DamageAsync(CoreWorld world)
    {
        var payload = (await world.RowAsync(Sent)).PayloadId;
        var batch = new Core.Journal.JournalBatch();
        batch.Chunks.Add((payload, (await world.Journal.ChunksAsync(payload, Never))[^1] with { Sha256 = Sha256Digest.Of([7]) }));
        await world.Journal.CommitAsync(batch, Never);
    }
}
