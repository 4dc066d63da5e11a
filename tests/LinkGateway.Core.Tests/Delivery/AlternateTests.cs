using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

public sealed class AlternateTests : Diamond
{
    static readonly byte[] File = Bytes(3 * ChunkSize);

    [Fact]
    public async Task What_the_first_gateway_cannot_take_goes_by_the_other()
    {
        AtoB.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);

        var delivered = await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal("to-gw-c", delivered.DestinationId);
        Assert.Equal(["/out/a.csv"], Published);
        Assert.Contains(
            await A.Journal.EventsAsync(Identity("a"), Never),
            entry => entry.Detail.StartsWith("goes by to-gw-c, not by to-gw-b, which was missed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trouble_of_the_first_gateway_itself_is_a_reason_to_go_by_the_other()
    {
        AtoB.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-5002") : null;
        await A.SubmitAsync(Manifest("a", File), File);
        Assert.Equal("to-gw-c", (await A.DriveAsync(Identity("a"), DeliveryState.Delivered)).DestinationId);
    }

    [Fact]
    public async Task A_commit_that_was_not_answered_goes_by_the_other_way_and_arrives_once()
    {
        AtoB.Fault = call => call == "Commit" ? new PeerFault.AnswerLost() : null;
        await A.SubmitAsync(Manifest("a", File), File);

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        await B.DriveAsync(ForwardIdentity("a"), DeliveryState.Delivered);
        await C.DriveAsync(ForwardIdentity("a"), DeliveryState.Delivered);

        Assert.Equal(["/out/a.csv"], Published);
        Assert.Single(await D.Journal.DeliveriesAsync(ForwardIdentity("a"), Never));
    }

    [Fact]
    public async Task A_commit_that_was_not_answered_goes_to_no_other_place()
    {
        LoseCommit(AtoB);
        AtoC.Fault = _ => new PeerFault.NotSent();
        BtoD.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);
        var doubtful = await A.DriveAsync(
            Identity("a"), delivery => delivery is { State: DeliveryState.InDoubt, Attempts: > 3 }, "several attempts in doubt");
        Assert.Contains("to-gw-b", doubtful.Doubts);
        Assert.Empty(Published);

        AtoB.Fault = BtoD.Fault = null;

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(["/out/a.csv"], Published);
    }

    [Fact]
    public async Task A_commit_that_ended_in_trouble_of_the_gateway_itself_goes_to_no_other_place()
    {
        AtoC.Fault = BtoD.Fault = _ => new PeerFault.NotSent();
        B.Journal.AfterCommit = batch =>
        {
            if (batch.Transfers.Any(transfer => transfer.State == TransferState.Accepted))
                throw new StorageException(StorageFailure.Unavailable, "the commit is applied, and its answer is lost");
        };
        await A.SubmitAsync(Manifest("a", File), File);
        var doubtful = await A.UntilAsync(Identity("a"), DeliveryState.InDoubt);
        Assert.Equal(["to-gw-b"], doubtful.Doubts);
        Assert.Empty(Published);

        BtoD.Fault = null;

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(["/out/a.csv"], Published);
    }

    [Fact]
    public async Task What_has_reached_no_gateway_goes_to_the_other_place()
    {
        AtoB.Fault = AtoC.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);

        var delivered = await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal("other-place", delivered.DestinationId);
        Assert.Equal(["/other/a.csv"], Published);
    }

    [Fact]
    public async Task A_gateway_that_says_it_has_not_accepted_resolves_the_doubt()
    {
        var commits = 0;
        AtoB.Fault = call => call == "Commit" && commits++ == 0 ? new PeerFault.AnswerLost() : null;
        AtoB.Commit = commit => commits == 0 ? commit with { Attempt = 99 } : commit;
        AtoC.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);

        var delivered = await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Empty(delivered.Doubts);
        Assert.Equal(["/out/a.csv"], Published);
    }

    [Fact]
    public async Task What_a_gateway_accepted_before_it_vanished_goes_by_the_other_way()
    {
        BtoD.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);
        await A.UntilAsync(Identity("a"), DeliveryState.HandedOver);

        AtoB.Fault = _ => new PeerFault.NotSent();

        var delivered = await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal("to-gw-c", delivered.DestinationId);

        BtoD.Fault = null;
        await B.DriveAsync(ForwardIdentity("a"), DeliveryState.Delivered);
        Assert.Equal(["/out/a.csv"], Published);
    }

    [Fact]
    public async Task Files_return_to_the_first_gateway_when_it_has_been_well_for_a_while()
    {
        AtoB.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", File), File);
        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
        AtoB.Fault = null;
        await A.SubmitAsync(Manifest("b", File), File);
        Assert.Equal("to-gw-c", (await A.DriveAsync(Identity("b"), DeliveryState.Delivered)).DestinationId);

        await A.DriveAsync(() => A.Services.Health.IsWell("to-gw-b", TimeSpan.FromMinutes(5), A.Services.Now), "B to be well again");
        await A.SubmitAsync(Manifest("c", File), File);

        Assert.Equal("to-gw-b", (await A.DriveAsync(Identity("c"), DeliveryState.Delivered)).DestinationId);
    }

    [Fact]
    public async Task A_delivery_that_fails_further_on_is_told_to_the_entry()
    {
        BtoD.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-3003") : null;
        await A.SubmitAsync(Manifest("a", File), File);

        var failed = await A.DriveAsync(Identity("a"), DeliveryState.Failed);

        Assert.Contains("to-gw-b: Failed LG-6002", failed.LastErrorText, StringComparison.Ordinal);
    }
}
