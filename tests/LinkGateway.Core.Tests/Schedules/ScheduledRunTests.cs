using LinkGateway.Core.Tests.Watches;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Schedules;

/// <summary>A folder that is looked at at 01:00, Japanese time; the clock of a world begins at midnight there.</summary>
public sealed class ScheduledRunTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    const string AtOne = """{ "schedule": { "times": ["01:00"] } }""";

    [Fact]
    public async Task Nothing_is_done_before_its_time()
    {
        await using var world = new WatchWorld(AtOne);
        await world.PutAsync("houses.csv", Bytes(10));
        world.Start();
        await DriveToAsync(world, TimeSpan.FromMinutes(59));
        Assert.Empty(world.Taken);
        Assert.Equal((false, "01:00", null, Midnight(world).AddHours(1)),
            (world.Entry.Running, world.Entry.Schedule, world.Entry.LastEndedAt, world.Entry.NextAt));

        await world.UntilTakenAsync(1, Minute);
        await world.DriveAsync(() => world.Entry.LastEndedAt is not null, "the end of the run", Minute);

        Assert.Equal((1, 0, Midnight(world).AddHours(25)), (world.Entry.Taken, world.Entry.Refused, world.Entry.NextAt));
        Assert.InRange(world.Entry.LastStartedAt!.Value, Midnight(world).AddHours(1), Midnight(world).AddHours(1).AddMinutes(1));
    }

    [Fact]
    public async Task What_comes_after_a_run_waits_for_the_next()
    {
        await using var world = new WatchWorld(AtOne);
        world.Start();
        await world.DriveAsync(() => world.Entry.LastEndedAt is not null, "the first run", Minute);
        await world.PutAsync("houses.csv", Bytes(10));
        await DriveToAsync(world, TimeSpan.FromHours(24));
        Assert.Empty(world.Taken);

        await DriveToAsync(world, TimeSpan.FromHours(25).Add(TimeSpan.FromMinutes(1)));
        await world.UntilTakenAsync(1, Minute);
    }

    [Fact]
    public async Task A_run_stays_for_what_is_still_growing()
    {
        await using var world = new WatchWorld(
            """{ "schedule": { "times": ["01:00"] }, "complete": "stable", "stableFor": "00:05:00", "lookEvery": "00:01:00" }""");
        await world.PutAsync("houses.csv", Bytes(10));
        world.Start();

        await world.UntilTakenAsync(1, Minute);

        Assert.True(world.World.Services.Now >= Midnight(world).AddMinutes(65));
    }

    [Fact]
    public async Task Times_that_passed_while_the_gateway_was_down_are_made_up_for_once_at_the_start()
    {
        var parts = new WorldParts();
        await using (var first = new WatchWorld(AtOne, parts))
        {
            first.Start();
            await first.DriveAsync(() => first.Entry.LastEndedAt is not null, "a run", Minute);
        }

        parts.Time.Advance(TimeSpan.FromHours(60));
        await using var second = new WatchWorld(AtOne, parts with { Seed = 2 });
        await second.PutAsync("houses.csv", Bytes(10));
        second.Start();
        var began = second.World.Services.Now;
        await second.UntilTakenAsync(1, Minute);
        Assert.True(second.World.Services.Now - began < TimeSpan.FromMinutes(2));

        await second.PutAsync("land.csv", Bytes(20));
        await DriveToAsync(second, TimeSpan.FromHours(72));
        Assert.Single(second.Taken);
    }

    [Fact]
    public async Task A_run_that_was_broken_off_is_made_up_for()
    {
        var parts = new WorldParts();
        await using (var first = new WatchWorld(AtOne, parts))
        {
            await first.PutAsync("houses.csv", Bytes(10));
            first.World.Journal.BeforeCommit = batch =>
            {
                if (batch.Transfers.Count > 0) throw new Files.StorageException(Files.StorageFailure.Unavailable, "the journal");
            };
            first.Start();
            await first.DriveAsync(() => !first.Troubles.IsEmpty, "trouble", Minute);
        }

        parts.Journal.BeforeCommit = null;
        await using var second = new WatchWorld(AtOne, parts with { Seed = 2 });
        second.Start();
        await second.UntilTakenAsync(1, Minute);
        Assert.True(second.World.Services.Now < Midnight(second).AddHours(2));
    }

    [Fact]
    public async Task A_clock_that_was_far_ahead_does_not_silence_a_schedule()
    {
        var parts = new WorldParts { Time = new Testing.Time.ManualTime(new Testing.Time.ManualTime().GetUtcNow().AddYears(10)) };
        await using (var first = new WatchWorld(AtOne, parts))
        {
            first.Start();
            await first.DriveAsync(() => first.Entry.LastEndedAt is not null, "a run", Minute);
        }

        await using var second = new WatchWorld(AtOne, parts with { Seed = 2, Time = new() });
        await second.PutAsync("houses.csv", Bytes(10));
        second.Start();
        await second.UntilTakenAsync(1, Minute);
        Assert.True(second.World.Services.Now < Midnight(second).AddHours(2));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_by_a_step_lets_nothing_run_twice()
    {
        var parts = new WorldParts();
        await using (var first = new WatchWorld(AtOne, parts))
        {
            first.Start();
            await first.DriveAsync(() => first.Entry.LastEndedAt is not null, "a run", Minute);
        }

        // It was three minutes ahead when the run began.
        var corrected = new Testing.Time.ManualTime(new Testing.Time.ManualTime().GetUtcNow().AddMinutes(57));
        await using var second = new WatchWorld(AtOne, parts with { Seed = 2, Time = corrected });
        await second.PutAsync("houses.csv", Bytes(10));
        second.Start();
        await DriveToAsync(second, TimeSpan.FromHours(2));

        Assert.Empty(second.Taken);
        Assert.Equal(Midnight(second).AddHours(25), second.Entry.NextAt);
    }

    static DateTimeOffset Midnight(WatchWorld world) =>
        new(new DateTime(2026, 4, 2), world.World.Services.Configuration.Current.TimeZone.BaseUtcOffset);

    static Task DriveToAsync(WatchWorld world, TimeSpan until) =>
        world.DriveAsync(() => world.World.Services.Now >= Midnight(world) + until, $"{until} after midnight", Minute);
}
