using System.Text.Json.Nodes;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Messages;

/// <summary>Three gateways: the message goes from A by B to C, and its reply back the same way.</summary>
public sealed class ReplyWayTests : IAsyncLifetime
{
    static readonly byte[] Answer = Bytes(ChunkSize + 7, seed: 7);

    readonly CoreWorld _a = new("gw-a", Through("gw-b"));
    readonly CoreWorld _b;
    readonly CoreWorld _c;

    public ReplyWayTests()
    {
        _b = new CoreWorld("gw-b", Through("gw-c", "gw-a"), new WorldParts { Time = _a.Time, Seed = 2 });
        _c = new CoreWorld("gw-c", Through(null, "gw-b"), new WorldParts { Time = _a.Time, Seed = 3 });
        _a.ConnectTo(_b);
        _b.ConnectTo(_c);
        _c.ConnectTo(_b);
        _b.ConnectTo(_a);
    }

    public Task InitializeAsync() => Task.WhenAll(_a.StartAsync(), _b.StartAsync(), _c.StartAsync());

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _c.DisposeAsync();
    }

    [Fact]
    public async Task A_reply_finds_its_way_back_and_its_receipts_come_to_who_sent_it()
    {
        var token = await RequestAsync();

        await _c.ReplyAsync(Reply(), Answer, token);
        await _c.DriveAsync(ReplyIdentity, DeliveryState.Delivered);

        var (post, body) = Assert.Single(_a.Sender.Arrived);
        Assert.Equal((Callback, Origin), (post.Destination.Id, post.Receiver));
        Assert.Equal(["gw-c", "gw-b", "gw-a"], post.Hops);
        Assert.Equal(Answer, body);
        var request = new GetReceiptsRequest { Transfer = new TransferReference { TransferId = ReplyIdentity.TransferId } };
        var receipts = (await _c.Transfers.GetReceiptsAsync(Receiver, request, Never)).Value!.Receipts;
        Assert.Equal(
            [("gw-a", "accepted"), ("gw-a", "delivered"), ("gw-b", "accepted"), ("gw-c", "accepted")],
            receipts.Select(receipt => (receipt.Issuer, receipt.Kind)).Order());
    }

    [Fact]
    public async Task A_reply_whose_answer_was_lost_comes_once()
    {
        var token = await RequestAsync();
        _b.Sender.Fault = post => post is { InReplyTo: not null, Attempt: 1 } ? new MessageAnswer.MaybeSent("LG-6010", "closed") : null;

        await _c.ReplyAsync(Reply(), Answer, token);
        await _c.DriveAsync(ReplyIdentity, DeliveryState.Delivered);

        Assert.Single(_a.Sender.Arrived);
    }

    [Fact]
    public async Task A_gateway_hands_on_replies_only_of_receivers_that_it_forwards_for()
    {
        await using var strict = new CoreWorld(
            "gw-a", Through("gw-b", null, json => Participant(json, "gw-b")["mayForwardFor"] = new JsonArray(Stranger)),
            new WorldParts { Journal = _a.Journal, Spool = _a.Spool, Time = _a.Time, Seed = 4 });
        var token = await RequestAsync();
        _b.Sender.Gateways["gw-a"] = strict;

        await _c.ReplyAsync(Reply(), Answer, token);

        var refused = await _b.DriveAsync(ForwardedReply, delivery => delivery.LastErrorCode is not null, "a refusal");
        Assert.Contains("LG-3001", refused.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forwarded_reply_must_answer_the_message_that_the_address_names()
    {
        var token = await RequestAsync();
        await _a.SubmitAsync(Request("urn:uuid:other"), Bytes(10));
        _b.Sender.Forward = forward => forward with
        {
            Manifest = forward.Manifest with
            {
                Properties =
                [
                    .. forward.Manifest.Properties.Select(property => property.Name == MessageProperties.InReplyTo
                        ? property with { Value = "urn:uuid:other" }
                        : property),
                ],
            },
        };

        await _c.ReplyAsync(Reply(), Answer, token);

        var refused = await _b.DriveAsync(ForwardedReply, delivery => delivery.LastErrorCode is not null, "a refusal");
        Assert.Contains("LG-1003", refused.LastErrorText, StringComparison.Ordinal);
        Assert.Null(await _a.Journal.FindTransferAsync(ForwardedReply, Never));
    }

    [Fact]
    public async Task A_message_that_waits_for_a_reply_is_not_taken_from_a_gateway_to_which_no_way_leads_back()
    {
        await using var oneWay = new CoreWorld("gw-b", Through("gw-c"), new WorldParts { Time = _a.Time, Seed = 4 });
        _a.Sender.Gateways["gw-b"] = oneWay;

        await _a.SubmitAsync(Request(), Bytes(10));

        var refused = await _a.UntilAsync(Identity(MessageId), delivery => delivery.LastErrorCode is not null, "a refusal");
        Assert.Equal(DeliveryState.Waiting, refused.State);
        Assert.Contains("LG-1011", refused.LastErrorText, StringComparison.Ordinal);
    }

    async Task<CallbackToken> RequestAsync()
    {
        await _a.SubmitAsync(Request(), Bytes(10));
        await _a.DriveAsync(Identity(MessageId), DeliveryState.Delivered);
        var (post, _) = Assert.Single(_c.Sender.Arrived);
        return post.ReplyTo!;
    }
}
