using System.Text.Json.Nodes;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Messages;

/// <summary>Two gateways: A takes messages in and hands them on, B brings them to the receiver.</summary>
public sealed class MessageForwardTests : IAsyncLifetime
{
    static readonly TransferIdentity Sent = Identity(MessageId);
    static readonly TransferIdentity Forwarded = ForwardIdentity(MessageId);

    readonly CoreWorld _a;
    readonly CoreWorld _b;
    readonly DirectPeer _peer;

    public MessageForwardTests()
    {
        _a = new CoreWorld("gw-a", Through("gw-b"));
        _b = new CoreWorld("gw-b", Through(null, "gw-a"), new WorldParts { Time = _a.Time, Seed = 2 });
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
    public async Task A_message_arrives_through_two_gateways_and_its_receipts_come_back(int size)
    {
        await _a.SubmitAsync(Message(), Bytes(size));

        await _a.DriveAsync(Sent, DeliveryState.Delivered);

        var (post, body) = Assert.Single(_b.Sender.Arrived);
        Assert.Equal(Bytes(size), body);
        Assert.Equal(["gw-a", "gw-b"], post.Hops);
        Assert.Equal(ManifestDigest.Of((await _a.RowAsync(Sent)).Manifest), ManifestDigest.Of(post.Manifest));
        var request = new GetReceiptsRequest { Transfer = Reference(MessageId) };
        var receipts = (await _a.Transfers.GetReceiptsAsync(Origin, request, Never)).Value!.Receipts;
        Assert.Equal(
            [("gw-a", "accepted"), ("gw-b", "accepted"), ("gw-b", "delivered")],
            receipts.Select(receipt => (receipt.Issuer, receipt.Kind)));
        Assert.Equal(
            [null, Sha256Digest.Of(receipts[0].ReceiptDocument), Sha256Digest.Of(receipts[1].ReceiptDocument)],
            receipts.Select(receipt => TestReceipts.Read(receipt.ReceiptDocument).Predecessor));
    }

    [Fact]
    public async Task A_large_message_is_not_handed_on_before_it_is_here_as_a_whole()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var body = new TestBody(Bytes(3 * ChunkSize)) { HangAt = 2 * ChunkSize, Resume = goOn.Task };
        var taking = _a.SubmitAsync(Message(), [], body);
        await body.Hanging;
        await Waiting.UntilAsync(
            async () => (await _a.Journal.FindTransferAsync(Sent, Never))?.FirstByteAt is not null, () => "a durable chunk");
        Assert.Null((await _a.DeliveryAsync(Sent)).NextAttemptAt);
        Assert.Empty(_a.Sender.Calls);

        goOn.SetResult();

        Assert.True((await taking).Succeeded);
        await _a.DriveAsync(Sent, DeliveryState.Delivered);
    }

    [Fact]
    public async Task An_answer_that_is_lost_leaves_doubt_until_the_same_message_was_posted_again()
    {
        var cut = true;
        _a.Sender.Fault = post => post.Attempt == 1 ? new MessageAnswer.MaybeSent("LG-6010", "the connection was closed") : null;
        _peer.Fault = call => cut && call == "Receipts" ? new PeerFault.NotSent() : null;
        await _a.SubmitAsync(Message(), Bytes(100));

        await _a.UntilAsync(Sent, DeliveryState.InDoubt);
        await _a.DriveAsync(Sent, DeliveryState.HandedOver);
        cut = false;
        await _a.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Single(_b.Sender.Arrived);
        Assert.Single(await _b.Journal.DeliveriesAsync(Forwarded, Never));
        Assert.Single(await _b.Journal.ReceiptsAsync(Forwarded, Never), receipt => receipt.Content.Kind == ReceiptKind.Accepted);
    }

    [Fact]
    public async Task In_doubt_it_goes_to_no_other_gateway_however_long_the_first_is_silent()
    {
        await using var a = new CoreWorld(
            "gw-a",
            Through("gw-b", "gw-c", json =>
            {
                Route(json)["alternates"] = new JsonArray("to-gw-c");
                Route(json)["retry"]!["attempts"] = 6;
            }),
            new WorldParts { Time = _a.Time, Seed = 3 });
        a.ConnectTo(_b).Fault = call => call == "Receipts" ? new PeerFault.NotSent() : null;
        a.Sender.Fault = post => post.Attempt switch
        {
            1 => new MessageAnswer.MaybeSent("LG-6010", "the connection was closed"),
            2 or 3 => new MessageAnswer.NotSent("LG-6006", "refused"),
            4 => new MessageAnswer.Busy("LG-5001", "full"),
            _ => null,
        };
        await a.StartAsync();
        await a.SubmitAsync(Message(), Bytes(100));

        await a.DriveAsync(Sent, delivery => delivery is { State: DeliveryState.InDoubt, Attempts: 3 }, "doubt that stays");
        await a.DriveAsync(Sent, DeliveryState.HandedOver);

        Assert.All(a.Sender.Calls, call => Assert.Equal("to-gw-b", call));
    }

    [Fact]
    public async Task What_was_not_sent_goes_by_the_other_gateway()
    {
        await using var c = new CoreWorld("gw-c", Through(null), new WorldParts { Time = _a.Time, Seed = 4 });
        await using var a = new CoreWorld(
            "gw-a",
            Through("gw-b", "gw-c", json => Route(json)["alternates"] = new JsonArray("to-gw-c")),
            new WorldParts { Time = _a.Time, Seed = 3 });
        a.ConnectTo(_b);
        a.ConnectTo(c);
        a.Sender.Fault = post => post.Destination.Id == "to-gw-b" ? new MessageAnswer.NotSent("LG-6006", "refused") : null;
        await Task.WhenAll(a.StartAsync(), c.StartAsync());

        await a.SubmitAsync(Message(), Bytes(100));
        await a.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Single(c.Sender.Arrived);
        Assert.Empty(_b.Sender.Arrived);
    }

    [Fact]
    public async Task After_a_restart_in_the_middle_of_a_post_the_next_gateway_still_has_it_once()
    {
        var hang = true;
        _a.Sender.Fault = post => hang ? throw new OperationCanceledException("killed") : null;
        var posted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _a.Sender.Before = async _ =>
        {
            posted.TrySetResult();
            if (hang) await Task.Delay(Timeout.Infinite);
        };
        await _a.SubmitAsync(Message(), Bytes(100));
        await posted.Task;
        await _a.StopAsync();
        hang = false;
        Assert.Equal(DeliveryState.Sending, (await _a.DeliveryAsync(Sent)).State);

        await using var restarted = new CoreWorld(
            "gw-a", Through("gw-b"), new WorldParts { Journal = _a.Journal, Spool = _a.Spool, Time = _a.Time, Seed = 3 });
        restarted.ConnectTo(_b);
        await restarted.StartAsync();
        await restarted.DriveAsync(Sent, DeliveryState.Delivered);

        Assert.Single(_b.Sender.Arrived);
    }

    [Theory]
    [InlineData("LG-3002", DeliveryState.Waiting)]
    [InlineData("LG-4380", DeliveryState.Waiting)]
    [InlineData("LG-4381", DeliveryState.Waiting)]
    [InlineData("LG-2002", DeliveryState.Failed)]
    [InlineData("LG-1008", DeliveryState.Failed)]
    public async Task Only_a_refusal_that_an_operator_can_mend_is_tried_again(string code, DeliveryState state)
    {
        _a.Sender.Fault = _ => new MessageAnswer.Refused(code, "told to refuse");
        await _a.SubmitAsync(Message(), Bytes(100));

        var delivery = await _a.UntilAsync(Sent, delivery => delivery.LastErrorCode is not null, "a refusal");

        Assert.Equal((state, "LG-6002"), (delivery.State, delivery.LastErrorCode));
        Assert.Contains(code, delivery.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_an_origin_that_is_suspended_there_waits_here_until_it_is_resumed()
    {
        var desk = new OrderDesk(_b);
        await desk.SuspendAsync(Origin);
        await _a.SubmitAsync(Message(), Bytes(100));
        var waiting = await _a.UntilAsync(Sent, delivery => delivery.LastErrorCode is not null, "a refusal");
        Assert.Equal((DeliveryState.Waiting, "LG-6002"), (waiting.State, waiting.LastErrorCode));
        Assert.Contains("LG-4381", waiting.LastErrorText, StringComparison.Ordinal);

        await desk.ResumeAsync(Origin);

        await _a.DriveAsync(Sent, DeliveryState.Delivered);
        Assert.Single(_b.Sender.Arrived);
    }

    [Fact]
    public async Task A_message_over_a_quota_there_waits_as_long_as_that_gateway_says()
    {
        // The size of the second is not known there before it comes: it is refused because the first has used up the day.
        _b.Reload(Through(null, "gw-a", json => Participant(json, Origin)["quotas"] = new JsonObject { ["bytesPerDay"] = 50 }));
        await _a.SubmitAsync(Message(), Bytes(100));
        await _a.DriveAsync(Sent, DeliveryState.Delivered);
        await _a.SubmitAsync(Message("second"), Bytes(100));

        var waiting = await _a.UntilAsync(Identity("second"), delivery => delivery.LastErrorCode is not null, "a refusal");

        Assert.Equal((DeliveryState.Waiting, 1), (waiting.State, waiting.Attempts));
        Assert.Contains("LG-4380", waiting.LastErrorText, StringComparison.Ordinal);

        // The day of quotas begins at noon.
        Assert.Equal(new DateTimeOffset(2026, 4, 2, 12, 0, 0, TimeSpan.FromHours(9)), waiting.NextAttemptAt);
        _a.Time.Advance(waiting.NextAttemptAt!.Value - _a.Services.Now);
        Assert.Equal(2, (await _a.DriveAsync(Identity("second"), DeliveryState.Delivered)).Attempts);
    }

    [Fact]
    public async Task A_refusal_that_an_operator_can_mend_leaves_a_doubt_as_it_is()
    {
        var cut = true;
        _a.Sender.Fault = post => post.Attempt == 1 ? new MessageAnswer.MaybeSent("LG-6010", "the connection was closed") : null;
        _peer.Fault = call => cut && call == "Receipts" ? new PeerFault.NotSent() : null;
        await _a.SubmitAsync(Message(), Bytes(100));
        await _a.UntilAsync(Sent, DeliveryState.InDoubt);
        var desk = new OrderDesk(_b);
        await desk.SuspendAsync(Origin);

        var refused = await _a.DriveAsync(Sent, delivery => delivery.LastErrorCode == "LG-6002", "a refusal");

        // It has come there: by another way it would come twice.
        Assert.Equal(DeliveryState.InDoubt, refused.State);
        await desk.ResumeAsync(Origin);
        await _a.DriveAsync(Sent, DeliveryState.HandedOver);
        cut = false;
        await _a.DriveAsync(Sent, DeliveryState.Delivered);
        Assert.Single(_b.Sender.Arrived);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_receipt_that_is_forged_or_of_another_message_proves_nothing(bool forged)
    {
        var other = (await _b.SubmitAsync(Message("other"), Bytes(10))).Value!.Receipt!.ReceiptDocument;
        _a.Sender.Fault = post => new MessageAnswer.HandedOver(forged ? TestReceipts.Forge(TestReceipts.Read(other)) : other);
        await _a.SubmitAsync(Message(), Bytes(100));

        await _a.UntilAsync(Sent, delivery => delivery.State is DeliveryState.HandedOver or DeliveryState.Delivered, "an answer");

        Assert.NotEmpty(_a.Events.RefusedReceipts);
        Assert.DoesNotContain(
            await _a.Journal.ReceiptsAsync(Sent, Never), receipt => receipt.Document.Span.SequenceEqual(other));
    }

    public static TheoryData<string, string, Func<MessageForward, MessageForward>> Lies() => new()
    {
        { "LG-2011", "a receipt that nobody signed", forward => forward with
            { EntryReceiptDocument = TestReceipts.Forge(TestReceipts.Read(forward.EntryReceiptDocument)) } },
        { "LG-2011", "a receipt of other bytes", forward => forward with
            { EntryReceiptDocument = Sign(forward, receipt => receipt with { Sha256 = default }) } },
        { "LG-2011", "a receipt of another manifest", With(manifest => manifest with { DataClass = "公開" }) },
        { "LG-1003", "another receiver", With(manifest => manifest with { Receivers = [OtherReceiver] }) },
        { "LG-1003", "two receivers", With(manifest => manifest with { Receivers = [Receiver, OtherReceiver] }) },
        { "LG-1003", "another interface", With(manifest => manifest with { InterfaceId = Interface }) },
        { "LG-1003", "a file", With(manifest => manifest with { Kind = "full" }) },
        { "LG-1003", "a reply", With(manifest => manifest with
            { Properties = [.. manifest.Properties, new NameValue(MessageProperties.ReplyKind, MessageProperties.Reply)] }) },
        { "LG-1003", "a property that would end an HTTP header", With(manifest => manifest with
            { Properties = [.. manifest.Properties, new NameValue(MessageProperties.RelatesTo, "a\r\nb")] }) },
        { "LG-1002", "no content type", With(manifest => manifest with
            { Properties = [.. manifest.Properties.Where(property => property.Name != MessageProperties.ContentType)] }) },
        { "LG-3003", "another environment", With(manifest => manifest with { Environment = "production" }) },
        { "LG-3004", "a circle", forward => forward with { Hops = ["gw-b", "gw-a"] } },
        { "LG-1002", "no hops", forward => forward with { Hops = [] } },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task What_does_not_fit_is_refused_by_the_next_gateway(string code, string what, Func<MessageForward, MessageForward> lie)
    {
        _a.Sender.Forward = lie;
        await _a.SubmitAsync(Message(), Bytes(100));

        var delivery = await _a.UntilAsync(Sent, delivery => delivery.LastErrorCode is not null, what);

        Assert.Contains(code, delivery.LastErrorText, StringComparison.Ordinal);
        Assert.Null(await _b.Journal.FindTransferAsync(Forwarded, Never));
    }

    [Fact]
    public async Task A_gateway_may_only_hand_on_for_whom_it_forwards()
    {
        await using var strict = new CoreWorld(
            "gw-b", Through(null, "gw-a", json => Participant(json, "gw-a")["mayForwardFor"] = new JsonArray(Stranger)),
            new WorldParts { Time = _a.Time, Seed = 5 });
        _a.Sender.Gateways["gw-b"] = strict;
        await _a.SubmitAsync(Message(), Bytes(100));

        var delivery = await _a.UntilAsync(Sent, delivery => delivery.LastErrorCode is not null, "a refusal");

        Assert.Contains("LG-3001", delivery.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_participant_cannot_pose_as_a_gateway()
    {
        await _a.SubmitAsync(Message(), Bytes(100));
        var row = await _a.RowAsync(Sent);
        var forward = new MessageForward
        {
            Manifest = row.Manifest,
            Hops = ["gw-a"],
            EntryReceiptDocument = row.EntryReceipt!.Value.ToArray(),
        };

        foreach (var (caller, code) in (IReadOnlyList<(string, string)>)[(Stranger, "LG-3001"), (Origin, "LG-1003")])
        {
            var refused = await _b.SubmitAsync(Message() with { Forward = forward }, Bytes(100), caller: caller);
            Assert.Equal(code, refused.Refusal?.Code);
        }
    }

    static Func<MessageForward, MessageForward> With(Func<Manifest, Manifest> change) =>
        forward => forward with { Manifest = change(forward.Manifest) };

    static byte[] Sign(MessageForward forward, Func<ReceiptContent, ReceiptContent> change) =>
        new TestReceipts().Sign(change(TestReceipts.Read(forward.EntryReceiptDocument)));
}
