using LinkGateway.Contract.Operator;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Orders;

/// <summary>What operators order until further notice.</summary>
public sealed class StandingOrdersTests
{
    const string Suspended = "suspend/" + WorldConfiguration.Origin;

    [Fact]
    public async Task Without_an_order_the_mode_is_normal_and_nobody_is_suspended()
    {
        await using var world = new CoreWorld();

        Assert.Equal(OperatingMode.Normal, world.Services.Standing.Mode);
        Assert.False(world.Services.Standing.IsSuspended(WorldConfiguration.Origin));
    }

    [Fact]
    public async Task An_order_is_in_force_at_once_and_after_a_start()
    {
        await using var world = new CoreWorld();

        var result = await GiveAsync(world, StandingSubjects.Mode, "disaster");

        Assert.Equal((null, "disaster"), (result.Before, result.After));
        Assert.Equal(OperatingMode.Disaster, world.Services.Standing.Mode);
        Assert.Equal(OperatingMode.Disaster, (await ReadAgainAsync(world)).Mode);
    }

    [Fact]
    public async Task A_lifted_order_is_so_after_a_start_too_and_both_stay_known()
    {
        await using var world = new CoreWorld();
        await GiveAsync(world, Suspended, StandingSubjects.InForce);
        Assert.True(world.Services.Standing.IsSuspended(WorldConfiguration.Origin));

        await GiveAsync(world, Suspended, null);

        Assert.False(world.Services.Standing.IsSuspended(WorldConfiguration.Origin));
        Assert.False((await ReadAgainAsync(world)).IsSuspended(WorldConfiguration.Origin));
        var list = (await world.Services.Standing.ListAsync(world.Journal, Never)).Value!;
        Assert.Empty(list.InForce);
        Assert.Equal([null, StandingSubjects.InForce], list.Newest.Select(order => order.Value));
        Assert.All(list.Newest, order => Assert.Equal((WorldConfiguration.Operator, "flood"), (order.Operator, order.Reason)));
    }

    [Fact]
    public async Task Normal_is_the_mode_without_an_order()
    {
        await using var world = new CoreWorld();
        await GiveAsync(world, StandingSubjects.Mode, "recovery");

        await GiveAsync(world, StandingSubjects.Mode, "normal");

        Assert.Empty((await world.Services.Standing.ListAsync(world.Journal, Never)).Value!.InForce);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var world = new CoreWorld();

        var result = await GiveAsync(world, StandingSubjects.Mode, "disaster", dryRun: true);

        Assert.Equal(("disaster", true), (result.After, result.DryRun));
        Assert.Equal(OperatingMode.Normal, world.Services.Standing.Mode);
        Assert.Empty(await world.Journal.NewestStandingOrdersAsync(10, Never));
    }

    [Theory]
    [InlineData("weather", "fine", "flood", "LG-1003")]
    [InlineData("mode", "panic", "flood", "LG-1003")]
    [InlineData("suspend/nobody", "yes", "flood", "LG-1003")]
    [InlineData(Suspended, "perhaps", "flood", "LG-1003")]
    [InlineData("", "yes", "flood", "LG-1002")]
    [InlineData("mode", "disaster", " ", "LG-1002")]
    public async Task What_makes_no_sense_is_refused(string subject, string value, string reason, string code)
    {
        await using var world = new CoreWorld();
        var given = new GivenOrder(WorldConfiguration.Operator, reason, DryRun: false);

        var result = await world.Services.Standing.GiveAsync(world.Services, subject, value, given, Never);

        Assert.Equal(code, result.Refusal!.Code);
        Assert.Empty(await world.Journal.NewestStandingOrdersAsync(10, Never));
    }

    static async Task<StandingOrderResult> GiveAsync(CoreWorld world, string subject, string? value, bool dryRun = false)
    {
        var given = new GivenOrder(WorldConfiguration.Operator, "flood", dryRun);
        var result = await world.Services.Standing.GiveAsync(world.Services, subject, value, given, Never);
        Assert.True(result.Succeeded, $"{result.Refusal}");
        return result.Value;
    }

    static async Task<StandingOrders> ReadAgainAsync(CoreWorld world)
    {
        var orders = new StandingOrders();
        await orders.LoadAsync(world.Journal, Never);
        return orders;
    }
}
