using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>What receivers say of fetched files, and the receipts that come of it.</summary>
public class InboxConfirmTests
{
    static readonly byte[] File = Bytes(ChunkSize + 1000);

    [Fact]
    public async Task Stored_takes_it_out_of_the_inbox_with_a_delivered_receipt()
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);

        var answer = (await world.ConfirmAsync(id, lease, more: request => request with
        {
            Size = File.Length,
            Sha256 = Sha256Digest.Of(File),
            ReceiverReference = "受付-17",
        })).Value!;

        var receipt = TestReceipts.Read(answer.ReceiptDocument);
        Assert.Equal(nameof(DeliveryState.Delivered), answer.State);
        Assert.Equal(
            (ReceiptKind.Delivered, Receiver, 1, "受付-17"), (receipt.Kind, receipt.Receiver, receipt.Attempt, receipt.ReceiverReference));
        Assert.Equal(Sha256Digest.Of((await world.RowAsync(Identity("a"))).EntryReceipt!.Value.Span), receipt.Predecessor);
        Assert.Equal(DeliveryState.Delivered, (await world.DeliveryAsync(Identity("a"))).State);
        Assert.Empty((await world.ListAsync()).Value!.Items);
        var since = (await world.Transfers.GetReceiptsSinceAsync(Origin, new GetReceiptsSinceRequest(), Never)).Value!.Receipts;
        Assert.Equal(answer.ReceiptDocument, since[^1].ReceiptDocument);
    }

    [Theory]
    [InlineData(ConfirmStages.Stored)]
    [InlineData(ConfirmStages.Applied)]
    [InlineData(ConfirmStages.Rejected)]
    public async Task The_same_again_gets_the_same_receipt(string stage)
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);
        var first = (await world.ConfirmAsync(id, lease, stage)).Value!;
        var receipts = (await world.Journal.ReceiptsAsync(Identity("a"), Never)).Count;

        foreach (var stated in (string?[])[lease, null])
        {
            var again = (await world.ConfirmAsync(id, stated, stage)).Value!;
            Assert.Equal(first.State, again.State);
            Assert.Equal(first.ReceiptDocument, again.ReceiptDocument);
        }

        Assert.Equal(receipts, (await world.Journal.ReceiptsAsync(Identity("a"), Never)).Count);
    }

    [Fact]
    public async Task Other_bytes_are_not_taken_for_the_file()
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);

        Assert.Equal(
            ErrorCatalogue.ConfirmationMismatch, (await world.ConfirmAsync(id, lease, more: r => r with { Size = 1 })).Refusal!.Error);
        Assert.Equal(
            ErrorCatalogue.ConfirmationMismatch,
            (await world.ConfirmAsync(id, lease, more: r => r with { Sha256 = Sha256Digest.Of([1]) })).Refusal!.Error);
        Assert.Single((await world.ListAsync()).Value!.Items);
    }

    [Fact]
    public async Task The_first_confirmation_needs_the_lease()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        Assert.Equal(ErrorCatalogue.LeaseLost, (await world.ConfirmAsync(delivery.DeliveryId, "x")).Refusal!.Error);

        await world.FetchAsync(delivery.DeliveryId);

        Assert.Equal(ErrorCatalogue.FieldMissing, (await world.ConfirmAsync(delivery.DeliveryId, null)).Refusal!.Error);
    }

    [Theory]
    [InlineData(ConfirmStages.Applied)]
    [InlineData(ConfirmStages.Rejected)]
    public async Task What_is_new_of_a_fetched_file_is_taken_from_the_holder_of_its_lease_only(string stage)
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);
        await world.ConfirmAsync(id, lease);

        Assert.Equal(ErrorCatalogue.FieldMissing, (await world.ConfirmAsync(id, null, stage)).Refusal?.Error);
        Assert.Equal(ErrorCatalogue.LeaseLost, (await world.ConfirmAsync(id, "former", stage)).Refusal?.Error);

        Assert.Equal(DeliveryState.Delivered, (await world.DeliveryAsync(Identity("a"))).State);
        Assert.True((await world.ConfirmAsync(id, lease, stage)).Succeeded);
    }

    [Theory]
    [InlineData(ConfirmStages.Applied, false)]
    [InlineData(ConfirmStages.Rejected, false)]
    [InlineData(ConfirmStages.Applied, true)]
    public async Task After_a_settlement_as_delivered_the_result_is_taken_from_whoever_fetched_it(string stage, bool leaseIsForgotten)
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);
        var desk = new OrderDesk(world);
        await desk.DoneAsync(OrderKind.Hold, Identity("a"));
        await desk.DoneAsync(OrderKind.SettleDelivered, Identity("a"));
        if (leaseIsForgotten) await world.ChangeAsync(row => row with { LeaseToken = null });
        else Assert.Equal(ErrorCatalogue.LeaseLost, (await world.ConfirmAsync(id, "former", stage)).Refusal?.Error);

        var answer = await world.ConfirmAsync(id, lease, stage);

        Assert.Null(answer.Refusal);
        var state = stage == ConfirmStages.Applied ? DeliveryState.Applied : DeliveryState.ReceiverRejected;
        Assert.Equal(($"{state}", state), (answer.Value?.State, (await world.DeliveryAsync(Identity("a"))).State));
    }

    [Fact]
    public async Task What_an_operator_holds_is_neither_confirmed_nor_fetched_and_a_release_ends_its_lease()
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);
        var desk = new OrderDesk(world);
        await desk.DoneAsync(OrderKind.Hold, Identity("a"));

        Assert.Equal(ErrorCatalogue.WrongDeliveryState, (await world.ConfirmAsync(id, lease)).Refusal?.Error);
        foreach (var stated in (string?[])[lease, null])
            Assert.Equal(ErrorCatalogue.WrongDeliveryState, (await world.FetchAsync(id, stated)).Refusal?.Error);

        await desk.DoneAsync(OrderKind.Release, Identity("a"));
        Assert.Equal(ErrorCatalogue.LeaseLost, (await world.ConfirmAsync(id, lease)).Refusal?.Error);
    }

    [Fact]
    public async Task Of_what_a_gateway_has_taken_over_another_can_say_nothing()
    {
        await using var world = await InboxWorld.StartAsync(more: json => json["participants"]!.AsArray()
            .First(participant => (string?)participant!["id"] == "gw-c")!["mayReceiveFor"] = new JsonArray(Receiver));
        var delivery = await world.OfferAsync("a", File);
        var former = (await world.FetchAsync(delivery.DeliveryId, caller: "gw-c")).Value!.Result.Lease;
        world.Time.Advance(InboxWorld.Lease);
        var lease = (await world.FetchAsync(delivery.DeliveryId, caller: "gw-b")).Value!.Result.Lease;
        var entry = TestReceipts.Read((await world.RowAsync(Identity("a"))).EntryReceipt!.Value) with { Receiver = Receiver };
        var accepted = new TestReceipts().Sign(entry with { Issuer = "gw-b", ReceiptId = "b1" });
        Assert.Equal(nameof(DeliveryState.HandedOver), (await ForwardAsync("gw-b", lease, accepted)).Value?.State);

        var delivered = new TestReceipts().Sign(entry with { Issuer = "gw-c", ReceiptId = "c1", Kind = ReceiptKind.Delivered });
        Assert.Equal(ErrorCatalogue.FieldMissing, (await ForwardAsync("gw-c", null, delivered)).Refusal?.Error);
        Assert.Equal(ErrorCatalogue.LeaseLost, (await ForwardAsync("gw-c", former, delivered)).Refusal?.Error);
        Assert.Equal(ErrorCatalogue.FieldMissing, (await ForwardAsync("gw-c", null, accepted, delivered)).Refusal?.Error);

        Assert.Equal(nameof(DeliveryState.HandedOver), (await ForwardAsync("gw-b", null, accepted)).Value?.State);
        Assert.Equal(2, (await world.Journal.ReceiptsAsync(Identity("a"), Never)).Count);

        async Task<Outcome<ConfirmReceiptResult>> ForwardAsync(string caller, string? stated, params byte[][] documents) =>
            await world.ConfirmAsync(
                delivery.DeliveryId, stated, more: request => request with { ReceiptDocuments = documents }, caller: caller);
    }

    [Theory]
    [InlineData("done", 0L, 0L, 0, "stage")]
    [InlineData(ConfirmStages.Applied, -1L, 0L, 0, "countAccepted")]
    [InlineData(ConfirmStages.Applied, 0L, -1L, 0, "countRejected")]
    [InlineData(ConfirmStages.Applied, 0L, 0L, 101, "firstError")]
    public async Task Other_values_are_refused(string stage, long accepted, long rejected, int errors, string field)
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);

        var refused = (await world.ConfirmAsync(id, lease, stage, request => request with
        {
            CountAccepted = accepted,
            CountRejected = rejected,
            FirstErrors = [.. Enumerable.Repeat(new RowError(1, null, "x"), errors)],
        })).Refusal!;

        Assert.Equal((ErrorCatalogue.FieldInvalid, field), (refused.Error, refused.Arguments[0]));
    }

    [Theory]
    [InlineData(ConfirmStages.Applied, AppliedResult.Applied, DeliveryState.Applied)]
    [InlineData(ConfirmStages.Rejected, AppliedResult.Rejected, DeliveryState.ReceiverRejected)]
    public async Task What_the_receiving_system_made_of_it_becomes_the_applied_receipt(
        string stage, AppliedResult result, DeliveryState state)
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);
        var stored = (await world.ConfirmAsync(id, lease)).Value!;

        var answer = (await world.ConfirmAsync(id, lease, stage, request => request with
        {
            CountAccepted = 997,
            CountRejected = 3,
            FirstErrors = [new RowError(17, "E1", "家屋番号なし")],
        })).Value!;

        var receipt = TestReceipts.Read(answer.ReceiptDocument);
        Assert.Equal(
            (ReceiptKind.Applied, (AppliedResult?)result, 997L, 3L),
            (receipt.Kind, receipt.Result, receipt.RecordsApplied, receipt.RecordsRejected));
        Assert.Equal([new RowError(17, "E1", "家屋番号なし")], receipt.FirstErrors);
        Assert.Equal(Sha256Digest.Of(stored.ReceiptDocument), receipt.Predecessor);
        Assert.Equal(($"{state}", state), (answer.State, (await world.DeliveryAsync(Identity("a"))).State));
        Assert.Equal(
            ErrorCatalogue.ConfirmationMismatch,
            (await world.ConfirmAsync(id, lease, stage, request => request with { CountAccepted = 998 })).Refusal!.Error);
    }

    [Fact]
    public async Task Applied_at_once_says_stored_too()
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);

        Assert.Null((await world.ConfirmAsync(id, lease, ConfirmStages.Applied)).Refusal);

        var kinds = (await world.Journal.ReceiptsAsync(Identity("a"), Never)).Select(receipt => receipt.Content.Kind);
        Assert.Equal([ReceiptKind.Accepted, ReceiptKind.Delivered, ReceiptKind.Applied], kinds);
    }

    [Fact]
    public async Task Rejected_at_once_was_never_delivered()
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);

        Assert.Equal(nameof(DeliveryState.ReceiverRejected), (await world.ConfirmAsync(id, lease, ConfirmStages.Rejected)).Value?.State);

        Assert.Equal(ErrorCatalogue.WrongDeliveryState, (await world.ConfirmAsync(id, lease)).Refusal!.Error);
        var kinds = (await world.Journal.ReceiptsAsync(Identity("a"), Never)).Select(receipt => receipt.Content.Kind);
        Assert.Equal([ReceiptKind.Accepted, ReceiptKind.Applied], kinds);
    }

    [Fact]
    public async Task Many_long_errors_leave_the_receipt_small()
    {
        await using var world = await InboxWorld.StartAsync();
        var (id, lease) = await FetchedAsync(world);
        var errors = Enumerable.Range(1, 100).Select(record => new RowError(record, null, new string('誤', 10_000))).ToList();

        var answer = (await world.ConfirmAsync(id, lease, ConfirmStages.Rejected, request => request with { FirstErrors = errors })).Value!;

        var first = TestReceipts.Read(answer.ReceiptDocument).FirstErrors!;
        Assert.InRange(first.Count, 1, 8);
        Assert.Equal(1, first[0].Record);
        Assert.All(first, error => Assert.Equal(500, error.Text.Length));
    }

    [Fact]
    public async Task A_file_in_a_folder_is_confirmed_by_its_delivery_too()
    {
        await using var world = new CoreWorld();
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", File), File);
        var delivery = await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        var stored = (await world.ConfirmAsync(delivery.DeliveryId, null)).Value!;
        var applied = (await world.ConfirmAsync(delivery.DeliveryId, null, ConfirmStages.Applied)).Value!;

        Assert.Equal(ReceiptKind.Delivered, TestReceipts.Read(stored.ReceiptDocument).Kind);
        Assert.Equal(
            (nameof(DeliveryState.Applied), ReceiptKind.Applied), (applied.State, TestReceipts.Read(applied.ReceiptDocument).Kind));
    }

    [Fact]
    public async Task What_is_not_delivered_yet_cannot_be_confirmed()
    {
        await using var world = new CoreWorld();
        await world.SubmitAsync(Manifest("a", File), File);
        var delivery = await world.DeliveryAsync(Identity("a"));

        Assert.Equal(ErrorCatalogue.WrongDeliveryState, (await world.ConfirmAsync(delivery.DeliveryId, null)).Refusal!.Error);
    }

    [Fact]
    public async Task What_was_given_up_meanwhile_is_not_taken_over_by_a_gateway_until_it_has_delivered_it()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var lease = (await world.FetchAsync(delivery.DeliveryId, caller: "gw-b")).Value!.Result.Lease;
        await world.ChangeAsync(offered => offered with { State = DeliveryState.Failed, LeaseOwner = null, LeaseUntil = null });
        var row = await world.RowAsync(Identity("a"));
        var entry = TestReceipts.Read(row.EntryReceipt!.Value) with { Issuer = "gw-b", Receiver = Receiver };
        var accepted = new TestReceipts().Sign(entry with { ReceiptId = "r1" });
        var delivered = new TestReceipts().Sign(entry with { ReceiptId = "r2", Kind = ReceiptKind.Delivered });

        var refused = await world.ConfirmAsync(
            delivery.DeliveryId, lease, more: request => request with { ReceiptDocuments = [accepted] }, caller: "gw-b");
        Assert.Equal(ErrorCatalogue.WrongDeliveryState, refused.Refusal?.Error);
        Assert.Single(await world.Journal.ReceiptsAsync(Identity("a"), Never));

        var proven = await world.ConfirmAsync(
            delivery.DeliveryId, lease, more: request => request with { ReceiptDocuments = [accepted, delivered] }, caller: "gw-b");
        Assert.Equal(nameof(DeliveryState.Delivered), proven.Value?.State);
    }

    static async Task<(string DeliveryId, string Lease)> FetchedAsync(CoreWorld world)
    {
        var delivery = await world.OfferAsync("a", File);
        var fetched = await world.FetchFileAsync(delivery.DeliveryId);
        Assert.Equal(File, await fetched.ReadAsync());
        return (delivery.DeliveryId, fetched.Value!.Result.Lease);
    }
}
