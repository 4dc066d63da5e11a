using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

public class DeliveryEngineTests
{
    [Fact]
    public async Task An_acceptance_wakes_it_while_the_clock_stands()
    {
        await using var world = new CoreWorld();
        await world.StartAsync();
        await Waiting.UntilAsync(() => world.Time.Waiting > 0, "sleep");

        await world.SubmitAsync(Manifest("a"), Bytes(10));

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task No_more_deliveries_run_at_once_than_allowed()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            RouteTo(json, "gw-b");
            json["limits"]!["deliveryWorkers"] = 2;
        });
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        var peer = world.ConnectTo(next);
        var (running, most, goOn) = (0, 0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        peer.Before = async (call, _) =>
        {
            if (call != "Open") return;
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await goOn.Task;
            Interlocked.Decrement(ref running);
        };
        await world.StartAsync();
        for (var i = 0; i < 6; i++) await world.SubmitAsync(Manifest($"t{i}"), Bytes(10));

        await Waiting.UntilAsync(() => Volatile.Read(ref running) == 2, "two that run");
        for (var i = 0; i < 20; i++) world.Time.Advance(TimeSpan.FromSeconds(1));
        goOn.SetResult();
        for (var i = 0; i < 6; i++) await world.DriveAsync(Identity($"t{i}"), DeliveryState.HandedOver);

        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_delivery_that_runs_long_keeps_its_lease()
    {
        await using var world = new CoreWorld(configuration: json => RouteTo(json, "gw-b"));
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        var peer = world.ConnectTo(next);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Before = (call, _) => call == "Commit" ? goOn.Task : Task.CompletedTask;
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));
        await Waiting.UntilAsync(() => peer.Calls.Contains("Commit"), "the commit");

        for (var renewal = 0; renewal < 6; renewal++)
        {
            var until = (await world.DeliveryAsync(Identity("a"))).LeaseUntil;
            await world.DriveAsync(Identity("a"), delivery => delivery.LeaseUntil > until, "a renewed lease");
            Assert.True(world.Services.Now < until);
        }

        goOn.SetResult();
        Assert.Equal(1, (await world.UntilAsync(Identity("a"), DeliveryState.HandedOver)).Attempts);
        Assert.Single(peer.Calls, call => call == "Open");
    }

    [Fact]
    public async Task A_lease_that_could_not_be_renewed_once_is_renewed_at_the_next_time()
    {
        await using var world = new CoreWorld(configuration: json => RouteTo(json, "gw-b"));
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        var peer = world.ConnectTo(next);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Before = (call, _) => call == "Commit" ? goOn.Task : Task.CompletedTask;
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));
        await Waiting.UntilAsync(() => peer.Calls.Contains("Commit"), "the commit");
        var first = (await world.DeliveryAsync(Identity("a"))).LeaseUntil;
        var failed = false;
        world.Journal.BeforeCommit = _ =>
        {
            if (failed) return;
            failed = true;
            throw new StorageException(StorageFailure.Unavailable, "told to");
        };

        await world.DriveAsync(() => failed, "a renewal that fails");
        await world.DriveAsync(Identity("a"), delivery => delivery.LeaseUntil > first, "a renewal");

        goOn.SetResult();
        Assert.Equal(1, (await world.UntilAsync(Identity("a"), DeliveryState.HandedOver)).Attempts);
    }

    [Fact]
    public async Task A_restart_releases_what_was_held()
    {
        var parts = new WorldParts();
        await using (var world = new CoreWorld(configuration: json => RouteTo(json, "gw-b"), parts: parts))
        await using (var next = new CoreWorld("gw-b", parts: new WorldParts { Time = parts.Time, Seed = 2 }))
        {
            world.ConnectTo(next).Before = (_, _) => Task.Delay(Timeout.Infinite);
            await world.StartAsync();
            await world.SubmitAsync(Manifest("a"), Bytes(10));
            await world.UntilAsync(Identity("a"), DeliveryState.Sending);
        }

        await using var restarted = new CoreWorld(parts: parts with { Seed = 3 }, configuration: json => RouteTo(json, "gw-b"));
        await using var peer = new CoreWorld("gw-b", parts: new WorldParts { Time = parts.Time, Seed = 2 });
        restarted.ConnectTo(peer);
        Assert.NotNull((await restarted.DeliveryAsync(Identity("a"))).LeaseOwner);
        await restarted.StartAsync();

        var delivery = await restarted.UntilAsync(Identity("a"), DeliveryState.HandedOver);

        Assert.Null(delivery.LeaseOwner);
        Assert.Equal(2, delivery.Attempts);
    }

    [Fact]
    public async Task A_delivery_that_crashes_does_not_stop_the_others_and_is_tried_again()
    {
        await using var world = new CoreWorld(configuration: json => RouteTo(json, "gw-b"));
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        var crashing = true;
        world.ConnectTo(next).Before = (call, request) =>
            crashing && request is Contract.Messages.OpenTransferRequest { Manifest.TransferId: "bad" }
                ? throw new InvalidOperationException("a defect")
                : Task.CompletedTask;
        await world.StartAsync();
        await world.SubmitAsync(Manifest("bad"), Bytes(10));
        await Waiting.UntilAsync(() => !world.Events.Crashes.IsEmpty, "a crash");

        await world.SubmitAsync(Manifest("good"), Bytes(10));
        await world.UntilAsync(Identity("good"), DeliveryState.HandedOver);

        var crashed = await world.UntilAsync(Identity("bad"), delivery => delivery.LastErrorCode is not null, "what came of it");
        Assert.Equal((DeliveryState.InDoubt, "LG-5003"), (crashed.State, crashed.LastErrorCode));
        crashing = false;
        world.Time.Advance(TimeSpan.FromMinutes(6));
        await world.DriveAsync(Identity("bad"), DeliveryState.HandedOver);
    }

    [Fact]
    public async Task A_destination_that_is_no_longer_configured_holds_its_deliveries()
    {
        var parts = new WorldParts();
        await using (var world = new CoreWorld(configuration: json => RouteTo(json, "gw-b"), parts: parts))
            await world.SubmitAsync(Manifest("a"), Bytes(10));
        await using var changed = new CoreWorld(parts: parts with { Seed = 2 });
        await changed.StartAsync();

        var held = await changed.UntilAsync(Identity("a"), DeliveryState.Held);

        Assert.Contains("to-gw-b", held.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_fails_for_a_while_stops_nothing_for_good()
    {
        await using var world = new CoreWorld();
        await world.SubmitAsync(Manifest("before"), Bytes(10));
        var (isDown, failures) = (true, 0);
        world.Journal.BeforeCommit = batch =>
        {
            if (!Volatile.Read(ref isDown) || batch.Deliveries.Count == 0) return;
            Interlocked.Increment(ref failures);
            throw new StorageException(StorageFailure.Unavailable, "told to");
        };
        await world.StartAsync();

        Assert.Equal("LG-5002", (await world.SubmitAsync(Manifest("a"), Bytes(10))).Refusal?.Code);
        await world.DriveAsync(() => Volatile.Read(ref failures) > 3, "a delivery that tries again while the journal fails");
        Volatile.Write(ref isDown, false);

        Assert.True((await world.SubmitAsync(Manifest("a"), Bytes(10))).Succeeded);
        await world.DriveAsync(Identity("before"), DeliveryState.Delivered);
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task What_has_gone_out_cannot_be_cancelled()
    {
        await using var world = new CoreWorld();
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));
        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        var answer = (await world.CancelAsync("a")).Value!;

        Assert.Equal(("Accepted", "tooLate"), (answer.State, Assert.Single(answer.Deliveries).Outcome));
    }

    static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
