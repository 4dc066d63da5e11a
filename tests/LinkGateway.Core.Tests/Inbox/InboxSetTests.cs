using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>File sets in an inbox.</summary>
public class InboxSetTests
{
    [Fact]
    public async Task The_files_of_a_set_appear_together_in_their_order_to_who_waits()
    {
        await using var world = await InboxWorld.StartAsync();
        await SubmitAsync(world, 3);
        await SubmitAsync(world, 1);
        await world.UntilAsync(Identity("m1"), delivery => delivery.LastErrorText is not null, "a word of the set");
        Assert.Empty((await world.ListAsync()).Value!.Items);
        var waiting = world.ListAsync(wait: 30);

        await SubmitAsync(world, 2);

        var items = (await waiting.WaitAsync(TimeSpan.FromMinutes(3))).Value!.Items;
        Assert.Equal(["m1", "m2", "m3"], items.Select(item => item.TransferId));
        Assert.Equal(Bytes(102), await (await world.FetchFileAsync(items[1].DeliveryId)).ReadAsync());
    }

    [Fact]
    public async Task A_file_that_an_operator_releases_goes_back_alone()
    {
        await using var world = await InboxWorld.StartAsync();
        foreach (var index in (int[])[1, 2, 3]) await SubmitAsync(world, index);
        var offered = await world.UntilAsync(Identity("m1"), delivery => delivery.OfferedAt is not null, "an offer");

        var batch = new JournalBatch();
        batch.Deliveries.Add(offered with { NextAttemptAt = world.Services.Now, Version = offered.Version + 1 });
        await world.Journal.CommitAsync(batch, Never);
        world.Services.DeliveriesChanged.Pulse();

        await world.UntilAsync(
            Identity("m1"),
            delivery => delivery.Version > offered.Version + 1 && delivery.State == DeliveryState.Waiting, "an offer again");
        Assert.Equal(3, (await world.ListAsync()).Value!.Items.Count);
    }

    static Task<Outcome<AcceptResult>> SubmitAsync(CoreWorld world, int index) => world.SubmitAsync(
        Manifest($"m{index}") with { SetId = "tax-2026", SetIndex = index, SetCount = 3 }, Bytes(100 + index));
}
