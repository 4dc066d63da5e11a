using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Delivery;

public sealed class ForwardReceiptTests : TwoGateways
{
    [Fact]
    public async Task A_forged_entry_receipt_is_refused_by_the_next_gateway()
    {
        Peer.Commit = commit => commit with { EntryReceiptDocument = TestReceipts.Forge(TestReceipts.Read(commit.EntryReceiptDocument!)) };
        await A.SubmitAsync(Manifest("a"), Bytes(10));

        var delivery = await A.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a refusal");

        Assert.Equal((DeliveryState.Waiting, "LG-6002"), (delivery.State, delivery.LastErrorCode));
        Assert.Contains("LG-2011", delivery.LastErrorText, StringComparison.Ordinal);
        Assert.Empty(await B.Journal.ReceiptsAsync(ForwardIdentity("a"), Never));
    }

    [Fact]
    public async Task A_forged_receipt_of_the_delivery_is_refused()
    {
        Peer.Receipt = entry => entry.Kind == "delivered"
            ? entry with { ReceiptDocument = TestReceipts.Forge(TestReceipts.Read(entry.ReceiptDocument)) }
            : entry;
        await A.SubmitAsync(Manifest("a"), Bytes(10));

        await A.DriveAsync(() => !A.Events.RefusedReceipts.IsEmpty, "a refused receipt");

        Assert.Equal(DeliveryState.HandedOver, (await A.DeliveryAsync(Identity("a"))).State);
        Assert.DoesNotContain(
            await A.Journal.ReceiptsAsync(Identity("a"), Never), receipt => receipt.Content.Kind == ReceiptKind.Delivered);
    }

    [Fact]
    public async Task A_receipt_of_other_bytes_proves_nothing()
    {
        Peer.Receipt = entry => entry.Kind == "delivered"
            ? entry with
            {
                ReceiptDocument = new TestReceipts().Sign(TestReceipts.Read(entry.ReceiptDocument) with { Sha256 = Sha256Digest.Of([7]) }),
            }
            : entry;
        await A.SubmitAsync(Manifest("a"), Bytes(10));

        await A.DriveAsync(() => !A.Events.RefusedReceipts.IsEmpty, "a refused receipt");

        Assert.Equal(DeliveryState.HandedOver, (await A.DeliveryAsync(Identity("a"))).State);
    }

    [Fact]
    public async Task Receipts_are_fetched_again_after_anything_that_went_wrong()
    {
        var failures = 0;
        Peer.Before = (call, _) => call == "Receipts" && Interlocked.Increment(ref failures) <= 3
            ? throw new InvalidOperationException("a defect")
            : Task.CompletedTask;

        // A fetch may be waiting already; what it brings ends it, and the next ones fail.
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        await A.DriveAsync(() => A.Events.Troubles.Count == 3, "three failed fetches");
        await A.SubmitAsync(Manifest("b"), Bytes(10));

        await A.DriveAsync(Identity("b"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_receipt_that_comes_after_a_delivery_was_given_up_in_doubt_still_proves_it()
    {
        var cut = true;
        Peer.Fault = call => call switch
        {
            "Commit" => new PeerFault.AnswerLost(),
            "Open" when Peer.Calls.Contains("Commit") => new PeerFault.NotSent(),
            "Receipts" when cut => new PeerFault.NotSent(),
            _ => null,
        };
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await A.DriveAsync(Identity("a"), DeliveryState.Failed);

        cut = false;

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }
}
