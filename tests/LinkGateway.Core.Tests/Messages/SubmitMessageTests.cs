using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Messages;

public class SubmitMessageTests
{
    readonly CoreWorld _world = new(configuration: With());

    [Theory]
    [InlineData(0)]
    [InlineData(InlineBytes)]
    public async Task A_small_message_is_accepted_in_one_commit(int size)
    {
        var commits = 0;
        _world.Journal.BeforeCommit = _ => commits++;
        var bytes = Bytes(size);

        var answer = await _world.SubmitAsync(Message(), bytes);

        Assert.Equal("Accepted", answer.Value?.State);
        Assert.Equal(1, commits);
        Assert.Empty(_world.Spool.Operations);
        Assert.Equal(bytes, await _world.StoredAsync(Identity(MessageId)));
        Assert.NotNull((await _world.DeliveryAsync(Identity(MessageId))).NextAttemptAt);
    }

    [Theory]
    [InlineData(InlineBytes + 1)]
    [InlineData((3 * ChunkSize) + 1)]
    public async Task A_large_message_is_accepted_with_its_chunks(int size)
    {
        var bytes = Bytes(size);

        var answer = await _world.SubmitAsync(Message(), bytes);

        Assert.Equal("Accepted", answer.Value?.State);
        Assert.Equal(bytes, await _world.StoredAsync(Identity(MessageId)));
        Assert.Equal(
            ChunksOf(bytes), (await _world.Journal.ChunksAsync((await _world.RowAsync(Identity(MessageId))).PayloadId, Never)).Count);
    }

    [Fact]
    public async Task The_gateway_makes_the_manifest_and_the_receipt_covers_it()
    {
        var bytes = Bytes(100);
        var message = Message() with
        {
            RelatesTo = "urn:uuid:0",
            ReplyTo = ReplyTo,
            FaultTo = "https://kaoku.example/fault",
            ContentEncoding = "gzip",
        };

        var answer = await _world.SubmitAsync(message, bytes);

        var manifest = (await _world.RowAsync(Identity(MessageId))).Manifest;
        Assert.Equal(
            (Origin, Receiver, ServiceInterface, "1.0", "05", MessageId, "message", "test"),
            (manifest.Origin, Assert.Single(manifest.Receivers), manifest.InterfaceId, manifest.InterfaceVersion, manifest.BusinessUnit,
                manifest.TransferId, manifest.Kind, manifest.Environment));
        Assert.Equal(("131016", "142051"), (manifest.OriginOrganisation, manifest.ReceiverOrganisation));
        Assert.Equal(("個人情報", "法第十四条"), (manifest.DataClass, manifest.LegalBasis));
        Assert.Equal(("message.mime", "multipart/related", "gzip"), (manifest.FileName, manifest.MediaType, manifest.ContentEncoding));
        Assert.Equal(_world.Services.Now, manifest.CreatedAt);
        Assert.Equal(
            [
                ("contentType", ContentType), ("faultTo", "https://kaoku.example/fault"), ("organisation", "142051"),
                ("relatesTo", "urn:uuid:0"), ("replyTo", ReplyTo), ("service", Service), ("soapAction", "\"urn:toroku\""),
                ("soapVersion", "1.1"),
            ],
            manifest.Properties.Select(property => (property.Name, property.Value)).Order());
        var receipt = TestReceipts.Read(answer.Value!.Receipt!.ReceiptDocument);
        Assert.Equal((ReceiptKind.Accepted, MessageId), (receipt.Kind, receipt.TransferId));
        Assert.Equal((ManifestDigest.Of(manifest), Sha256Digest.Of(bytes)), (receipt.ManifestDigest, receipt.Sha256));
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8", "text/xml", "message.xml")]
    [InlineData("Application/SOAP+XML;action=\"a\"", "application/soap+xml", "message.xml")]
    [InlineData("Multipart/Related; boundary=b", "multipart/related", "message.mime")]
    public async Task The_media_type_is_what_the_content_type_says(string contentType, string mediaType, string fileName)
    {
        await _world.SubmitAsync(Message() with { ContentType = contentType }, Bytes(10));

        var manifest = (await _world.RowAsync(Identity(MessageId))).Manifest;
        Assert.Equal(
            (mediaType, fileName, contentType),
            (manifest.MediaType, manifest.FileName, manifest.Property(MessageProperties.ContentType)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task The_same_message_again_gets_the_same_receipt_whether_its_size_is_known_or_not(int size)
    {
        var bytes = Bytes(size);
        var first = await _world.SubmitAsync(Message(), bytes);

        var again = await _world.SubmitAsync(Message() with { Size = size }, bytes);
        var unread = new TestBody(bytes);
        var known = await _world.SubmitAsync(Message() with { Size = size, Sha256 = Sha256Digest.Of(bytes) }, bytes, unread);

        Assert.Equal(first.Value!.Receipt!.ReceiptDocument, again.Value?.Receipt?.ReceiptDocument);
        Assert.Equal(first.Value!.Receipt!.ReceiptDocument, known.Value?.Receipt?.ReceiptDocument);
        Assert.False(unread.Opened);
        Assert.Single(await _world.Journal.ReceiptsAsync(Identity(MessageId), Never));
        Assert.Single(await _world.Journal.DeliveriesAsync(Identity(MessageId), Never));
    }

    [Fact]
    public async Task The_same_message_again_is_the_same_after_the_configuration_has_changed()
    {
        var first = await _world.SubmitAsync(Message(), Bytes(100));
        await using var changed = new CoreWorld(
            configuration: With(json =>
            {
                var item = json["interfaces"]!.AsArray().Last()!;
                (item["businessUnit"], item["dataClass"], item["service"]!["name"]) = ("06", "other", "Other");
                item["versions"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse(
                    """{ "version": "1.1", "effectiveFrom": "2026-04-01" }"""));
                Participant(json, Origin).AsObject().Remove("organisationCode");
            }),
            parts: new WorldParts { Journal = _world.Journal, Time = _world.Time, Seed = 2 });

        var again = await changed.SubmitAsync(Message(), Bytes(100));

        Assert.Equal(first.Value!.Receipt!.ReceiptDocument, again.Value?.Receipt?.ReceiptDocument);
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(100, 200_000)]
    [InlineData(200_000, 100)]
    [InlineData(200_000, 200_000)]
    public async Task Other_bytes_under_the_same_id_are_refused(int size, int otherSize)
    {
        await _world.SubmitAsync(Message() with { Size = size }, Bytes(size));

        var other = await _world.SubmitAsync(Message() with { Size = otherSize }, Bytes(otherSize, seed: 2));

        Assert.Equal("LG-2002", other.Refusal?.Code);
        Assert.Equal(Bytes(size), await _world.StoredAsync(Identity(MessageId)));
    }

    [Fact]
    public async Task Another_SOAPAction_under_the_same_id_is_another_message()
    {
        await _world.SubmitAsync(Message(), Bytes(100));

        Assert.Equal("LG-2002", (await _world.SubmitAsync(Message() with { SoapAction = "\"urn:other\"" }, Bytes(100))).Refusal?.Code);
    }

    [Fact]
    public async Task Without_an_id_the_gateway_makes_one_and_says_so_and_duplicates_are_not_recognised()
    {
        var first = await _world.SubmitAsync(Message(id: null), Bytes(100));
        var second = await _world.SubmitAsync(Message(id: null), Bytes(100));

        var made = new NameValue(MessageProperties.IdMade, "true");
        Assert.Equal([made], first.Value!.Properties);
        Assert.NotEqual(first.Value!.Receipt!.TransferId, second.Value!.Receipt!.TransferId);
        Assert.Contains(made, (await _world.RowAsync(Identity(first.Value.Receipt.TransferId))).Manifest.Properties);
        Assert.Empty((await _world.SubmitAsync(Message(), Bytes(100))).Value!.Properties);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3 * ChunkSize)]
    public async Task What_came_of_a_message_that_broke_off_gives_way_to_the_whole_in_other_boundaries(int size)
    {
        var cut = await _world.SubmitAsync(Message(), Bytes(3 * ChunkSize), new TestBody(Bytes(3 * ChunkSize)) { BreakAt = 2 * ChunkSize });
        Assert.Equal(TestBody.BrokenOff, cut.Refusal);
        Assert.Equal(TransferState.Open, (await _world.RowAsync(Identity(MessageId))).State);

        var whole = Bytes(size, seed: 2);
        var again = await _world.SubmitAsync(Message() with { ContentType = "multipart/related; boundary=c" }, whole);

        Assert.Equal("Accepted", again.Value?.State);
        Assert.Equal(whole, await _world.StoredAsync(Identity(MessageId)));
        Assert.Single(
            await _world.Journal.DeliveriesAsync(Identity(MessageId), Never), delivery => delivery.State == DeliveryState.Waiting);
    }

    [Fact]
    public async Task A_message_whose_end_is_broken_is_refused_and_leaves_nothing()
    {
        var broken = await _world.SubmitAsync(Message(), [], new TestBody(Bytes(100)) { Broken = TestBody.BrokenOff });

        Assert.Equal(TestBody.BrokenOff, broken.Refusal);
        Assert.Null(await _world.Journal.FindTransferAsync(Identity(MessageId), Never));
    }

    [Fact]
    public async Task A_message_is_not_answered_before_the_journal_has_it()
    {
        _world.Journal.BeforeCommit = _ => throw new Core.Files.StorageException(Core.Files.StorageFailure.Full, "told to");

        Assert.Equal("LG-5002", (await _world.SubmitAsync(Message(), Bytes(100))).Refusal?.Code);

        _world.Journal.BeforeCommit = null;
        Assert.Equal("Accepted", (await _world.SubmitAsync(Message(), Bytes(100))).Value?.State);
    }

    [Theory]
    [InlineData(99, null, "LG-2007")]
    [InlineData(null, 2, "LG-2008")]
    [InlineData(100, 1, null)]
    public async Task What_is_declared_beforehand_binds(int? size, int? seed, string? code)
    {
        var message = Message() with { Size = size, Sha256 = seed is { } n ? Sha256Digest.Of(Bytes(100, n)) : null };

        Assert.Equal(code, (await _world.SubmitAsync(message, Bytes(100))).Refusal?.Code);
    }

    public static TheoryData<string, string, Func<MessageSubmission, MessageSubmission>> BadMessages() => new()
    {
        { "LG-1002", "receiver", message => message with { Receiver = null } },
        { "LG-1002", "interfaceId", message => message with { InterfaceId = null } },
        { "LG-1002", "Content-Type", message => message with { ContentType = "" } },
        { "LG-1003", "Content-Type", message => message with { ContentType = new string('a', 1001) } },
        { "LG-1003", "Content-Type", message => message with { ContentType = "text/xml\u0001" } },
        { "LG-1003", "Content-Encoding", message => message with { ContentEncoding = "\r" } },
        { "LG-1003", "SOAPAction", message => message with { SoapAction = "\uffff" } },
        { "LG-1003", "SOAPAction", message => message with { SoapAction = "\ud800" } },
        { "LG-1003", "soapVersion", message => message with { SoapVersion = "1.3" } },
        { "LG-1003", "wsa:MessageID", message => message with { MessageId = "" } },
        { "LG-1003", "wsa:MessageID", message => message with { MessageId = new string('a', 256) } },
        { "LG-1003", "wsa:MessageID", message => message with { MessageId = "a\nb" } },
        { "LG-1003", "wsa:RelatesTo", message => message with { RelatesTo = new string('a', 1001) } },
        { "LG-1011", "wsa:ReplyTo", message => message with { ReplyTo = new string('a', 1001) } },
        { "LG-1011", "wsa:FaultTo", message => message with { FaultTo = "a\0" } },
        { "LG-1011", "wsa:MessageID", message => message with { ReplyTo = ReplyTo, MessageId = null } },
        { "LG-3002", Origin, message => message with { InterfaceId = "other" } },
        { "LG-3002", Origin, message => message with { Receiver = OtherReceiver } },
    };

    [Theory]
    [MemberData(nameof(BadMessages))]
    public async Task A_message_that_cannot_be_kept_is_refused_before_its_body_is_read(
        string code, string what, Func<MessageSubmission, MessageSubmission> spoil)
    {
        var body = new TestBody(Bytes(10));

        var refused = await _world.SubmitAsync(spoil(Message()), [], body);

        Assert.Equal(code, refused.Refusal?.Code);
        Assert.Contains(what, refused.Refusal!.Arguments[0], StringComparison.Ordinal);
        Assert.False(body.Opened);
    }

    [Theory]
    [InlineData("nobody", "LG-3005")]
    [InlineData(Operator, "LG-3001")]
    [InlineData(Stranger, "LG-3002")]
    public async Task Who_has_no_route_may_not_post(string caller, string code) =>
        Assert.Equal(code, (await _world.SubmitAsync(Message(), Bytes(10), caller: caller)).Refusal?.Code);

    [Fact]
    public async Task A_longest_SOAPAction_with_a_rare_character_is_kept()
    {
        var action = new string('a', 998) + "𠮷";

        Assert.True((await _world.SubmitAsync(Message() with { SoapAction = action }, Bytes(10))).Succeeded);
    }

    [Fact]
    public async Task A_file_cannot_be_sent_by_an_interface_with_a_service()
    {
        var refused = await _world.SubmitAsync(Manifest("a") with { InterfaceId = ServiceInterface }, Bytes(10));

        Assert.Equal(("LG-1003", "kind"), (refused.Refusal?.Code, refused.Refusal?.Arguments[0]));
    }

    [Fact]
    public async Task A_message_cannot_be_posted_to_an_interface_of_files()
    {
        var refused = await _world.SubmitAsync(Message() with { InterfaceId = Interface }, Bytes(10));

        Assert.Equal(("LG-1003", "kind"), (refused.Refusal?.Code, refused.Refusal?.Arguments[0]));
    }

    [Fact]
    public async Task A_message_cannot_be_sent_as_a_file()
    {
        var manifest = Manifest("a") with { InterfaceId = ServiceInterface, Kind = "message" };

        var submitted = await _world.SubmitAsync(manifest, Bytes(10));
        var opened = await _world.OpenAsync(manifest);

        Assert.Equal(("LG-1003", "LG-1003"), (submitted.Refusal?.Code, opened.Refusal?.Code));
    }

    [Fact]
    public async Task Its_origin_sees_it_like_a_file()
    {
        var answer = await _world.SubmitAsync(Message(), Bytes(10));

        var status = await _world.StatusAsync(MessageId);
        var receipts = await _world.Transfers.GetReceiptsAsync(
            Origin, new GetReceiptsRequest { Transfer = Reference(MessageId) }, Never);

        Assert.Equal(("Accepted", Receiver), (status.State, Assert.Single(status.Deliveries).Receiver));
        Assert.Equal(answer.Value!.Receipt!.ReceiptDocument, Assert.Single(receipts.Value!.Receipts).ReceiptDocument);
    }

    [Fact]
    public async Task Its_receiver_sees_it_too()
    {
        var answer = await _world.SubmitAsync(Message(), Bytes(10));
        var reference = new TransferReference { Origin = Origin, TransferId = MessageId, Receiver = Receiver };

        var status = await _world.Transfers.GetTransferStatusAsync(Receiver, new GetTransferStatusRequest { Transfer = reference }, Never);
        var receipts = await _world.Transfers.GetReceiptsAsync(Receiver, new GetReceiptsRequest { Transfer = reference }, Never);

        Assert.Equal(Receiver, Assert.Single(status.Value!.Deliveries).Receiver);
        Assert.Equal(answer.Value!.Receipt!.ReceiptDocument, Assert.Single(receipts.Value!.Receipts).ReceiptDocument);
    }

    [Theory]
    [InlineData(Stranger, null)]
    [InlineData(Stranger, Receiver)]
    [InlineData(OtherReceiver, OtherReceiver)]
    public async Task Nobody_else_sees_it(string caller, string? receiver)
    {
        await _world.SubmitAsync(Message(), Bytes(10));
        var reference = new TransferReference { Origin = Origin, TransferId = MessageId, Receiver = receiver };

        var status = await _world.Transfers.GetTransferStatusAsync(caller, new GetTransferStatusRequest { Transfer = reference }, Never);

        Assert.Equal("LG-2001", status.Refusal?.Code);
    }
}
