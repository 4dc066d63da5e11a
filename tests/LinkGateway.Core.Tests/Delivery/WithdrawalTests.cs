using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

public sealed class WithdrawalTests : Diamond
{
    static readonly byte[] File = Bytes(3 * ChunkSize);

    async Task<string> OutcomeAsync() => Assert.Single((await A.CancelAsync("a")).Value!.Deliveries).Outcome;

    [Fact]
    public async Task A_cancel_follows_the_file_over_all_gateways()
    {
        BtoD.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);
        await A.UntilAsync(Identity("a"), DeliveryState.HandedOver);

        Assert.Equal("pending", await OutcomeAsync());

        await A.DriveAsync(() => A.StatusAsync("a").Result.State == "Cancelled", "the cancel to be answered");
        Assert.Equal(DeliveryState.Cancelled, (await B.DeliveryAsync(ForwardIdentity("a"))).State);
        Assert.Equal("cancelled", await OutcomeAsync());
        BtoD.Fault = null;
        A.Time.Advance(TimeSpan.FromHours(1));
        await A.RestAsync();
        Assert.Empty(Published);
    }

    [Fact]
    public async Task A_cancel_waits_for_a_gateway_that_cannot_be_reached()
    {
        BtoD.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-5001") : null;
        await A.SubmitAsync(Manifest("a", File), File);
        await A.UntilAsync(Identity("a"), DeliveryState.HandedOver);
        AtoB.Fault = _ => new PeerFault.NotSent();
        Assert.Equal("pending", await OutcomeAsync());
        await A.DriveAsync(Identity("a"), delivery => delivery.Version > 10, "several questions");
        Assert.Equal("pending", await OutcomeAsync());

        AtoB.Fault = null;

        await A.DriveAsync(Identity("a"), DeliveryState.Cancelled);
        Assert.Equal(DeliveryState.Cancelled, (await B.DeliveryAsync(ForwardIdentity("a"))).State);
    }

    [Fact]
    public async Task What_is_with_the_receiver_cannot_be_cancelled_any_more()
    {
        AtoB.Receipt = entry => entry with { ReceiptDocument = [] };
        await A.SubmitAsync(Manifest("a", File), File);
        await D.DriveAsync(ForwardIdentity("a"), DeliveryState.Delivered);
        await A.UntilAsync(Identity("a"), DeliveryState.HandedOver);

        await A.CancelAsync("a");

        var delivered = await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(DeliveryIntention.None, delivered.Intention);
        Assert.Equal("tooLate", await OutcomeAsync());
        Assert.Equal(["/out/a.csv"], Published);
    }

    [Fact]
    public async Task A_cancel_reaches_both_ways_that_a_file_has_gone()
    {
        LoseCommit(AtoB);
        BtoD.Fault = CtoD.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);
        await A.DriveAsync(Identity("a"), DeliveryState.HandedOver);
        await A.CancelAsync("a");
        AtoB.Fault = null;

        await A.DriveAsync(Identity("a"), DeliveryState.Cancelled);

        Assert.Equal(DeliveryState.Cancelled, (await B.DeliveryAsync(ForwardIdentity("a"))).State);
        Assert.Equal(DeliveryState.Cancelled, (await C.DeliveryAsync(ForwardIdentity("a"))).State);
    }

    [Fact]
    public async Task An_upload_given_up_on_one_way_does_not_end_what_came_by_the_other()
    {
        // B holds an unfinished upload, of which D has some chunks.
        AtoB.Fault = call => call == "Commit" ? new PeerFault.NotSent() : null;
        await A.SubmitAsync(Manifest("a", File), File);
        await C.DriveAsync(ForwardIdentity("a"), delivery => delivery.State >= DeliveryState.HandedOver, "C to hand over");

        await B.Transfers.CancelTransferAsync(
            "gw-a", new() { Transfer = new() { Origin = Origin, TransferId = "a", Receiver = Receiver } }, Never);
        await B.DriveAsync(ForwardIdentity("a"), DeliveryState.Cancelled);

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(["/out/a.csv"], Published);
    }

    [Fact]
    public async Task What_a_gateway_may_hold_is_not_cancelled_before_it_has_answered_though_it_was_given_up()
    {
        // B fails for good, and A learns it; an operator of B could still let it go on.
        BtoD.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-3003") : null;
        await A.SubmitAsync(Manifest("a", File), File);
        await A.DriveAsync(Identity("a"), DeliveryState.Failed);
        AtoB.Fault = _ => new PeerFault.NotSent();

        Assert.Equal("pending", await OutcomeAsync());

        AtoB.Fault = null;
        await A.DriveAsync(Identity("a"), DeliveryState.Cancelled);
        Assert.Equal(DeliveryState.Cancelled, (await B.DeliveryAsync(ForwardIdentity("a"))).State);
    }
}
