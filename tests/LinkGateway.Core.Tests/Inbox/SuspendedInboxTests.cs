using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.Orders;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>The inbox of a receiver that operators suspend when something lies in it.</summary>
public sealed class SuspendedInboxTests
{
    const string Gateway = "gw-b";

    static readonly byte[] File = Bytes(2 * ChunkSize);

    [Theory]
    [InlineData(Receiver)]
    [InlineData(Gateway)]
    public async Task Nobody_fetches_from_it_and_no_lease_is_taken_until_the_receiver_is_resumed(string caller)
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var desk = new OrderDesk(world);
        await desk.SuspendAsync(Receiver);

        // A gateway that fetches for the receiver is not suspended itself.
        var refused = (await world.FetchAsync(delivery.DeliveryId, caller: caller)).Refusal!;

        Assert.Equal((ErrorCatalogue.ParticipantSuspended, Receiver), (refused.Error, refused.Arguments[0]));
        var offered = await world.DeliveryAsync(Identity("a"));
        Assert.Equal((DeliveryState.Waiting, null, 0), (offered.State, offered.LeaseToken, offered.Attempts));
        await desk.ResumeAsync(Receiver);
        Assert.Equal(File[..ChunkSize], await (await world.FetchAsync(delivery.DeliveryId, caller: caller)).ReadAsync());
    }

    [Fact]
    public async Task A_gateway_comes_to_the_end_of_what_it_has_begun_to_fetch()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var first = await world.FetchAsync(delivery.DeliveryId, caller: Gateway);
        var lease = first.Value!.Result.Lease;
        await new OrderDesk(world).SuspendAsync(Receiver);

        var second = await world.FetchAsync(delivery.DeliveryId, lease, offset: ChunkSize, caller: Gateway);

        byte[] whole = [.. await first.ReadAsync(), .. await second.ReadAsync()];
        Assert.Equal(File, whole);
        Assert.Null((await world.ConfirmAsync(delivery.DeliveryId, lease, caller: Gateway)).Refusal);
        Assert.Equal(DeliveryState.Delivered, (await world.DeliveryAsync(Identity("a"))).State);
    }

    [Fact]
    public async Task The_receiver_itself_gets_no_more_of_it_and_confirms_what_it_has()
    {
        await using var world = await InboxWorld.StartAsync();
        var delivery = await world.OfferAsync("a", File);
        var fetched = await world.FetchFileAsync(delivery.DeliveryId);
        var lease = fetched.Value!.Result.Lease;
        await new OrderDesk(world).SuspendAsync(Receiver);

        // An answer that is being read runs to its end.
        Assert.Equal(File, await fetched.ReadAsync());
        Assert.Equal(ErrorCatalogue.ParticipantSuspended, (await world.FetchAsync(delivery.DeliveryId, lease)).Refusal?.Error);
        Assert.Null((await world.ConfirmAsync(delivery.DeliveryId, lease)).Refusal);
    }
}
