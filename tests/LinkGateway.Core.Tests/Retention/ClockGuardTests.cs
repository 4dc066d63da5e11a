using System.Text.Json.Nodes;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Retention;

/// <summary>A gateway that is started again, and whose clock is not where it was.</summary>
public sealed class ClockGuardTests
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly byte[] File = Bytes(2 * ChunkSize);

    readonly WorldParts _parts = new();

    [Fact]
    public async Task A_clock_that_is_years_ahead_removes_nothing_and_is_told()
    {
        await DeliverAsync();
        await using var world = await StartAsync(3650 * Day);

        Assert.NotEmpty(world.Spool.Paths);
        Assert.NotNull(await world.Journal.FindTransferAsync(Identity("a"), Never));
        Assert.Contains(world.Services.Notices.Current, notice => notice.Kind == NoticeKind.ClockJumped);
    }

    [Fact]
    public async Task A_gateway_that_was_down_for_some_days_goes_on_as_before()
    {
        await DeliverAsync();
        await using var world = await StartAsync(7 * Day);

        Assert.Empty(world.Spool.Paths);
        Assert.Empty(world.Services.Notices.Current);
    }

    [Fact]
    public async Task An_operator_confirms_the_time_and_then_it_counts()
    {
        await DeliverAsync();
        await using var world = await StartAsync(3650 * Day);

        await ConfirmAsync(world);
        await TurnAsync(world);

        Assert.Empty(world.Spool.Paths);
        Assert.Empty(world.Services.Notices.Current);
    }

    [Fact]
    public async Task A_confirmation_counts_for_one_jump()
    {
        await DeliverAsync();
        await using (var first = await StartAsync(30 * Day, json => json["retention"] = new JsonObject
        {
            ["delivered"] = "100.00:00:00",
        }))
            await ConfirmAsync(first);

        await using var second = await StartAsync(3650 * Day);
        Assert.NotEmpty(second.Spool.Paths);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_is_believed_at_once()
    {
        await DeliverAsync();
        await using (var wrong = await StartAsync(3650 * Day)) Assert.NotEmpty(wrong.Spool.Paths);

        var parts = _parts with { Time = new ManualTime(new ManualTime().GetUtcNow() + Day), Seed = 3 };
        await using var right = new CoreWorld(parts: parts);
        await TurnAsync(right);
        Assert.Empty(right.Services.Notices.Current);

        for (var day = 0; day < 7; day++)
        {
            right.Time.Advance(Day);
            await TurnAsync(right);
        }

        Assert.Empty(right.Spool.Paths);
    }

    [Fact]
    public async Task What_runs_for_the_time_is_believed_also_over_a_restart()
    {
        await DeliverAsync();
        await using (var first = await StartAsync(3650 * Day)) await RunAsync(first, 4 * Day);
        await using var second = await StartAsync(TimeSpan.Zero);
        await RunAsync(second, 2 * Day);
        Assert.NotEmpty(second.Spool.Paths);

        await RunAsync(second, 2 * Day);

        Assert.Empty(second.Spool.Paths);
    }

    async Task DeliverAsync()
    {
        await using var world = new CoreWorld(parts: _parts);
        await TurnAsync(world);
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), File);
        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);
        await TurnAsync(world);
    }

    /// <summary>The next process, so much later by the clock.</summary>
    async Task<CoreWorld> StartAsync(TimeSpan later, Action<JsonNode>? configuration = null)
    {
        _parts.Time.Advance(later);
        var world = new CoreWorld(configuration: configuration, parts: _parts with { Seed = 2 });
        await world.Services.Standing.LoadAsync(world.Journal, Never);
        await TurnAsync(world);
        return world;
    }

    static async Task RunAsync(CoreWorld world, TimeSpan time)
    {
        for (var ran = TimeSpan.Zero; ran < time; ran += TimeSpan.FromHours(1))
        {
            world.Time.Advance(TimeSpan.FromHours(1));
            await TurnAsync(world);
        }
    }

    static async Task ConfirmAsync(CoreWorld world) => Assert.True((await world.Services.Standing.GiveAsync(
        world.Services, StandingSubjects.Clock, $"{world.Services.Now:O}", new GivenOrder(Operator, "looked at the wall", DryRun: false),
        Never)).Succeeded);

    static async Task TurnAsync(CoreWorld world)
    {
        while (await world.Retention.StepAsync(Never) <= TimeSpan.FromMilliseconds(100))
        {
        }
    }
}
