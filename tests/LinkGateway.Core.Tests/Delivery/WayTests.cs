using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>Ways through several gateways.</summary>
public class WayTests
{
    [Fact]
    public async Task Through_three_gateways_a_file_arrives_and_every_receipt_comes_back_to_the_origin()
    {
        await using var a = new CoreWorld("gw-a", json => RouteTo(json, "gw-b"));
        await using var b = new CoreWorld("gw-b", json => RouteTo(json, "gw-c"), new WorldParts { Time = a.Time, Seed = 2 });
        await using var c = new CoreWorld("gw-c", parts: new WorldParts { Time = a.Time, Seed = 3 });
        a.ConnectTo(b);
        b.ConnectTo(c);
        await Task.WhenAll(a.StartAsync(), b.StartAsync(), c.StartAsync());
        var file = Bytes((5 * ChunkSize) + 3);

        var answer = await a.SubmitAsync(Manifest("a", file), file);
        await a.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(file, c.Files.Content("/out/a.csv"));
        Assert.Equal(DeliveryState.Delivered, (await b.DeliveryAsync(ForwardIdentity("a"))).State);
        var entry = answer.Value!.Receipt!.ReceiptDocument;
        var receipts = (await a.Journal.ReceiptsAsync(Identity("a"), Never))
            .ToDictionary(receipt => (receipt.Content.Issuer, receipt.Content.Kind), receipt => receipt.Document.ToArray());
        Assert.Equal(4, receipts.Count);
        Assert.Equal(entry, receipts[("gw-a", ReceiptKind.Accepted)]);
        Assert.Equal(Sha256Digest.Of(entry), TestReceipts.Read(receipts[("gw-b", ReceiptKind.Accepted)]).Predecessor);
        Assert.Equal(Sha256Digest.Of(entry), TestReceipts.Read(receipts[("gw-c", ReceiptKind.Accepted)]).Predecessor);
        Assert.Equal(
            Sha256Digest.Of(receipts[("gw-c", ReceiptKind.Accepted)]),
            TestReceipts.Read(receipts[("gw-c", ReceiptKind.Delivered)]).Predecessor);
        Assert.Equal(["gw-a", "gw-b"], (await c.RowAsync(ForwardIdentity("a"))).Hops);
    }

    [Fact]
    public async Task Routes_that_go_in_a_circle_are_found_and_the_delivery_says_so()
    {
        await using var a = new CoreWorld("gw-a", json => RouteTo(json, "gw-b"));
        await using var b = new CoreWorld("gw-b", json => RouteTo(json, "gw-a"), new WorldParts { Time = a.Time, Seed = 2 });
        a.ConnectTo(b);
        b.ConnectTo(a);
        await Task.WhenAll(a.StartAsync(), b.StartAsync());

        await a.SubmitAsync(Manifest("a"), Bytes(10));

        await Waiting.UntilAsync(
            async () => await b.Journal.FindTransferAsync(ForwardIdentity("a"), Never) is not null, () => "the way to B");
        var failed = await b.UntilAsync(ForwardIdentity("a"), DeliveryState.Failed);
        Assert.Contains("LG-3004", failed.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_receiver_has_its_own_delivery_by_its_own_way()
    {
        await using var a = new CoreWorld("gw-a", json => RouteTo(json, "gw-b", OtherReceiver));
        await using var b = new CoreWorld("gw-b", parts: new WorldParts { Time = a.Time, Seed = 2 });
        a.ConnectTo(b);
        await Task.WhenAll(a.StartAsync(), b.StartAsync());
        var file = Bytes(2 * ChunkSize);

        await a.SubmitAsync(Manifest("a", file) with { Receivers = [Receiver, OtherReceiver] }, file);

        await a.DriveAsync(
            async () => (await a.Journal.DeliveriesAsync(Identity("a"), Never)).All(delivery => delivery.State == DeliveryState.Delivered),
            "both deliveries");
        Assert.Equal(file, a.Files.Content("/out/a.csv"));
        Assert.Equal(file, b.Files.Content("/out/a.csv"));
        var request = new GetReceiptsRequest { Transfer = Reference("a") };
        var receipts = (await a.Transfers.GetReceiptsAsync(Origin, request, Never)).Value!.Receipts;
        Assert.Equal(
            [(OtherReceiver, "gw-b"), (Receiver, "gw-a")],
            receipts.Where(receipt => receipt.Kind == "delivered").Select(receipt => (receipt.Receiver!, receipt.Issuer)).Order());
    }
}
