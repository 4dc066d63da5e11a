using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Messages;

public class SubmitReplyTests
{
    static readonly byte[] Answer = Bytes(200, seed: 7);

    [Theory]
    [InlineData(200)]
    [InlineData((2 * ChunkSize) + 1)]
    public async Task A_reply_comes_to_the_callback_of_who_made_the_message(int size)
    {
        await using var world = await RequestedAsync();
        await world.StartAsync();
        await world.UntilAsync(Identity(MessageId), DeliveryState.Delivered);
        Assert.True(world.Sender.Arrived.TryDequeue(out var request));
        Assert.Equal(Token, request.Post.ReplyTo);
        Assert.Equal(ReplyTo, request.Post.Manifest.Property(MessageProperties.ReplyTo));

        var answer = await world.ReplyAsync(Reply(), Bytes(size), request.Post.ReplyTo);
        await world.UntilAsync(ReplyIdentity, DeliveryState.Delivered);

        Assert.Equal("Accepted", answer.Value?.State);
        var (post, body) = Assert.Single(world.Sender.Arrived);
        Assert.Equal((Callback, Origin, (CallbackToken?)null), (post.Destination.Id, post.Receiver, post.InReplyTo));
        Assert.Equal(Bytes(size), body);
    }

    [Theory]
    [InlineData(false, "reply")]
    [InlineData(true, "fault")]
    public async Task The_manifest_of_a_reply_says_what_it_answers(bool isFault, string kind)
    {
        await using var world = await RequestedAsync();

        await world.ReplyAsync(Reply() with { IsFault = isFault }, Answer);

        var manifest = (await world.RowAsync(ReplyIdentity)).Manifest;
        Assert.Equal(
            (Receiver, Origin, ServiceInterface, "1.0", "message", "urn:uuid:reply"),
            (manifest.Origin, Assert.Single(manifest.Receivers), manifest.InterfaceId, manifest.InterfaceVersion, manifest.Kind,
                manifest.TransferId));
        Assert.Equal(("142051", "131016"), (manifest.OriginOrganisation, manifest.ReceiverOrganisation));
        Assert.Equal(
            (kind, MessageId, MessageId),
            (manifest.Property(MessageProperties.ReplyKind), manifest.Property(MessageProperties.InReplyTo),
                manifest.Property(MessageProperties.RelatesTo)));
    }

    [Fact]
    public async Task The_same_reply_again_gets_the_same_receipt_and_other_bytes_are_refused()
    {
        await using var world = await RequestedAsync();

        var first = await world.ReplyAsync(Reply(), Answer);
        var again = await world.ReplyAsync(Reply(), Answer);
        var other = await world.ReplyAsync(Reply(), Bytes(200));

        Assert.Equal(first.Value!.Receipt!.ReceiptDocument, again.Value?.Receipt?.ReceiptDocument);
        Assert.Equal("LG-2002", other.Refusal?.Code);
    }

    [Fact]
    public async Task A_reply_without_an_id_gets_one()
    {
        await using var world = await RequestedAsync();

        var answer = await world.ReplyAsync(Reply() with { MessageId = null }, Answer);

        Assert.Equal("true", Assert.Single(answer.Value!.Properties).Value);
    }

    [Fact]
    public async Task A_reply_and_its_receipts_are_seen_by_who_sent_it()
    {
        await using var world = await RequestedAsync();
        await world.StartAsync();
        await world.ReplyAsync(Reply(), Answer);
        await world.UntilAsync(ReplyIdentity, DeliveryState.Delivered);

        var request = new GetReceiptsRequest { Transfer = new TransferReference { TransferId = ReplyIdentity.TransferId } };
        var receipts = (await world.Transfers.GetReceiptsAsync(Receiver, request, Never)).Value!.Receipts;

        Assert.Equal(["accepted", "delivered"], receipts.Select(receipt => receipt.Kind));
    }

    [Fact]
    public async Task A_reply_is_tried_again_by_the_policy_of_the_message_also_after_a_restart()
    {
        await using var first = await RequestedAsync();
        await first.ReplyAsync(Reply(), Answer);
        await using var world = new CoreWorld(
            configuration: With(), parts: new WorldParts { Journal = first.Journal, Spool = first.Spool, Time = first.Time, Seed = 2 });
        world.Sender.Fault = post => post.Destination.Id == Callback ? new MessageAnswer.NotSent("LG-6006", "refused") : null;
        await world.StartAsync();

        var failed = await world.DriveAsync(ReplyIdentity, DeliveryState.Failed);

        Assert.Equal((3, "LG-6004", Callback), (failed.Attempts, failed.LastErrorCode, failed.DestinationId));
    }

    public static TheoryData<string, string, MessageSubmission, string?> Unexpected() => new()
    {
        { "LG-3006", "somebody who was not asked", Reply(), Stranger },
        { "LG-3006", "who made the message itself", Reply(), Origin },
        { "LG-3006", "a reply to something else", Reply(relatesTo: "urn:uuid:2"), null },
        { "LG-3006", "a reply that relates to nothing", Reply() with { RelatesTo = null }, null },
        { "LG-1011", "a reply that asks for a reply", Reply() with { ReplyTo = ReplyTo }, null },
        { "LG-3001", "an operator", Reply(), Operator },
        { "LG-3005", "nobody", Reply(), "nobody" },
    };

    [Theory]
    [MemberData(nameof(Unexpected))]
    public async Task What_nobody_waits_for_is_refused_before_its_body_is_read(
        string code, string what, MessageSubmission reply, string? caller)
    {
        await using var world = await RequestedAsync();
        var body = new TestBody(Answer);

        var refused = await world.Transfers.SubmitReplyAsync(caller ?? Receiver, Token, reply, body, Never);

        Assert.True(refused.Refusal?.Code == code, $"{what}: {refused.Refusal}");
        Assert.False(body.Opened);
    }

    [Fact]
    public async Task A_reply_to_a_message_that_is_not_known_is_refused()
    {
        await using var world = await RequestedAsync();

        Assert.Equal("LG-3006", (await world.ReplyAsync(Reply(), Answer, new CallbackToken(Origin, "urn:uuid:2"))).Refusal?.Code);
    }

    [Fact]
    public async Task A_reply_to_a_message_without_a_reply_address_is_refused()
    {
        await using var world = new CoreWorld(configuration: With());
        await world.SubmitAsync(Message(), Bytes(10));

        Assert.Equal("LG-3006", (await world.ReplyAsync(Reply(), Answer)).Refusal?.Code);
    }

    [Fact]
    public async Task A_reply_to_a_file_is_refused()
    {
        await using var world = new CoreWorld(configuration: With());
        await world.SubmitAsync(
            Manifest(MessageId) with { Properties = [new Contract.Manifests.NameValue(MessageProperties.ReplyTo, ReplyTo)] }, Bytes(10));

        Assert.Equal("LG-3006", (await world.ReplyAsync(Reply(), Answer)).Refusal?.Code);
    }

    [Fact]
    public async Task A_reply_to_a_message_that_was_cancelled_is_refused()
    {
        await using var world = await RequestedAsync();
        await world.CancelAsync(MessageId);

        Assert.Equal("LG-3006", (await world.ReplyAsync(Reply(), Answer)).Refusal?.Code);
    }

    [Theory]
    [InlineData(true, "LG-3006")]
    [InlineData(false, null)]
    public async Task A_message_that_waits_for_faults_only_gets_faults_only(bool isReply, string? code)
    {
        await using var world = new CoreWorld(configuration: With());
        await world.SubmitAsync(Message() with { FaultTo = ReplyTo }, Bytes(10));

        Assert.Equal(code, (await world.ReplyAsync(Reply() with { IsFault = !isReply }, Answer)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_has_no_callback_is_told_so_when_it_asks_for_a_reply()
    {
        await using var world = new CoreWorld(configuration: With(json => Participant(json, Origin).AsObject().Remove("callback")));

        var refused = await world.SubmitAsync(Request(), Bytes(10));

        Assert.Equal("LG-1011", refused.Refusal?.Code);
        Assert.Contains("participants[].callback", refused.Refusal!.ToString(), StringComparison.Ordinal);
        Assert.True((await world.SubmitAsync(Message(), Bytes(10))).Succeeded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reply_whose_way_back_was_taken_away_meanwhile_is_refused(bool route)
    {
        await using var first = await RequestedAsync();
        await using var world = new CoreWorld(
            configuration: With(json =>
            {
                if (route) json["routes"]!.AsArray().Remove(Route(json));
                else Participant(json, Origin).AsObject().Remove("callback");
            }),
            parts: new WorldParts { Journal = first.Journal, Spool = first.Spool, Time = first.Time, Seed = 2 });

        Assert.Equal("LG-3002", (await world.ReplyAsync(Reply(), Answer)).Refusal?.Code);
    }

    [Fact]
    public async Task A_reply_still_comes_back_when_the_version_of_its_message_is_out_of_force()
    {
        await using var first = await RequestedAsync();
        await using var world = new CoreWorld(
            configuration: With(json => json["interfaces"]!.AsArray().Last()!["versions"]![0]!["effectiveUntil"] = "2025-12-31"),
            parts: new WorldParts { Journal = first.Journal, Spool = first.Spool, Time = first.Time, Seed = 2 });

        Assert.True((await world.ReplyAsync(Reply(), Answer)).Succeeded);
    }

    static async Task<CoreWorld> RequestedAsync()
    {
        var world = new CoreWorld(configuration: With());
        Assert.True((await world.SubmitAsync(Request(), Bytes(10))).Succeeded);
        return world;
    }
}
