using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Sets;

public sealed class InboxSetTests
{
    static readonly byte[] File = Bytes(10);

    [Fact]
    public async Task A_file_that_was_held_after_its_set_was_offered_is_offered_again_whatever_has_become_of_the_others()
    {
        await using var world = await InboxWorld.StartAsync();
        foreach (var index in (int[])[1, 2])
            await world.SubmitAsync(Manifest($"m{index}") with { SetId = "set", SetIndex = index, SetCount = 2 }, File);
        var other = await world.DriveAsync(Identity("m1"), delivery => delivery.OfferedAt is not null, "an offer");
        var held = await world.DriveAsync(Identity("m2"), delivery => delivery.OfferedAt is not null, "an offer");
        await OrderAsync(world, OrderKind.Hold, held.DeliveryId);
        await ConfirmAsync(world, other.DeliveryId);

        await OrderAsync(world, OrderKind.Release, held.DeliveryId);

        await world.DriveAsync(Identity("m2"), delivery => delivery is { State: DeliveryState.Waiting, NextAttemptAt: null }, "an offer");
        await ConfirmAsync(world, held.DeliveryId);
        Assert.Equal(DeliveryState.Delivered, (await world.DeliveryAsync(Identity("m2"))).State);
    }

    static async Task OrderAsync(CoreWorld world, OrderKind order, string deliveryId)
    {
        var orders = new OperatorOrders(world.Services, world.Transfers);
        Assert.True((await orders.GiveAsync(
            order, deliveryId, new GivenOrder(WorldConfiguration.Operator, "a test", false), Never)).Succeeded);
    }

    static async Task ConfirmAsync(CoreWorld world, string deliveryId)
    {
        var fetched = await world.FetchFileAsync(deliveryId);
        var lease = fetched.Value!.Result.Lease;
        Assert.Equal(File, await fetched.ReadAsync());
        Assert.True((await world.ConfirmAsync(deliveryId, lease)).Succeeded);
    }
}
