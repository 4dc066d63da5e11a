using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Sets;

/// <summary>
/// Files that are held for their set are only looked at, and the one that finds it complete publishes all of them: that must not happen
/// outside the hours of the route, nor to a receiver that is suspended. It is midnight of 2 April 2026 in Tokyo.
/// </summary>
public sealed class KeptSetTests
{
    static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    readonly WorldParts _parts = new();

    [Fact]
    public async Task A_complete_set_is_not_published_outside_the_window_of_its_route()
    {
        await StopBeforePublicationAsync(Window);
        _parts.Time.Advance(TimeSpan.FromMinutes(20));
        await using var world = new CoreWorld(configuration: Window, parts: _parts with { Seed = 2 });
        await world.StartAsync();

        await StaysAsync(world);

        world.Time.Advance(world.Services.Now.Date.AddHours(1) - world.Services.Now.DateTime);
        await AppearsAsync(world, 2);
    }

    [Fact]
    public async Task A_complete_set_is_not_published_to_a_receiver_that_is_suspended_before_it_is_resumed()
    {
        await StopBeforePublicationAsync();
        await using var world = new CoreWorld(parts: _parts with { Seed = 2 });
        var desk = new OrderDesk(world);
        await desk.SuspendAsync(Receiver);
        await world.StartAsync();

        await StaysAsync(world);

        await desk.ResumeAsync(Receiver);
        world.Time.Advance(Look);
        await AppearsAsync(world, 2);
    }

    [Fact]
    public async Task A_set_of_which_all_has_come_is_not_given_up_however_long_the_receiver_is_suspended()
    {
        await using var world = new CoreWorld(parts: _parts);
        await world.StartAsync();
        await SubmitAsync(world, 1, count: 3);
        await world.UntilAsync(Identity("m1"), delivery => delivery is { LastErrorText: not null, LeaseOwner: null }, "held");
        var desk = new OrderDesk(world);
        await desk.SuspendAsync(Receiver);
        foreach (var index in (int[])[2, 3]) await SubmitAsync(world, index, count: 3);
        world.Time.Advance(TimeSpan.FromDays(8));

        await desk.ResumeAsync(Receiver);

        await AppearsAsync(world, 3);
    }

    [Fact]
    public async Task A_set_of_which_something_is_missing_is_given_up_when_the_receiver_is_resumed_too_late()
    {
        await using var world = new CoreWorld(parts: _parts);
        await world.StartAsync();
        await SubmitAsync(world, 1, count: 3);
        await world.UntilAsync(Identity("m1"), delivery => delivery is { LastErrorText: not null, LeaseOwner: null }, "held");
        var desk = new OrderDesk(world);
        await desk.SuspendAsync(Receiver);
        await SubmitAsync(world, 2, count: 3);
        world.Time.Advance(TimeSpan.FromDays(8));

        await desk.ResumeAsync(Receiver);

        foreach (var index in (int[])[1, 2])
            Assert.Equal("LG-6013", (await world.DriveAsync(Identity($"m{index}"), DeliveryState.Cancelled)).LastErrorCode);
        Assert.Empty(Published(world));
    }

    /// <summary>
    /// Stops a gateway when both files are held and one of them has found the set complete, before the journal says Publishing.
    /// </summary>
    async Task StopBeforePublicationAsync(Action<JsonNode>? configuration = null)
    {
        await using var world = new CoreWorld(configuration: configuration, parts: _parts);
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await world.StartAsync(new SlowFileSystem(world.Files, beforeCreate: path =>
        {
            if (!path.EndsWith(".ctl.new", StringComparison.Ordinal)) return Task.CompletedTask;
            writing.TrySetResult();
            return gate.Task;
        }));
        foreach (var index in (int[])[1, 2]) await SubmitAsync(world, index, count: 2);
        await writing.Task.WaitAsync(TimeSpan.FromMinutes(3));
        var stopping = world.StopAsync();
        gate.SetCanceled();
        await stopping;
        foreach (var index in (int[])[1, 2])
            Assert.Equal(DeliveryState.Held, (await world.DeliveryAsync(Identity($"m{index}"))).State);
    }

    /// <summary>Waits for some looks at the two files: each puts them off, and nothing of the set is seen.</summary>
    static async Task StaysAsync(CoreWorld world)
    {
        for (var look = 0; look < 3; look++)
        {
            foreach (var index in (int[])[1, 2])
            {
                var kept = await world.UntilAsync(
                    Identity($"m{index}"),
                    delivery => delivery.State != DeliveryState.Held
                        || (delivery.LeaseOwner is null && delivery.NextAttemptAt > world.Services.Now),
                    "a look");
                Assert.Equal(DeliveryState.Held, kept.State);
            }

            Assert.Empty(Published(world));
            world.Time.Advance(Look);

            // The engine may set its timer by the time before: it is told to look.
            world.Services.DeliveriesChanged.Pulse();
        }
    }

    /// <summary>Waits until the set is published, whole.</summary>
    static async Task AppearsAsync(CoreWorld world, int count)
    {
        foreach (var index in Enumerable.Range(1, count))
        {
            var ended = await world.DriveAsync(
                Identity($"m{index}"), delivery => delivery.State is DeliveryState.Delivered or DeliveryState.Cancelled, "an end");
            Assert.Equal(DeliveryState.Delivered, ended.State);
        }

        Assert.Equal(Enumerable.Range(1, count).Select(index => $"{Folder}/m{index}.csv"), Published(world));
    }

    static async Task SubmitAsync(CoreWorld world, int index, int count)
    {
        var manifest = Manifest($"m{index}") with { SetId = "s", SetIndex = index, SetCount = count };
        Assert.True((await world.SubmitAsync(manifest, Bytes(10, seed: index))).Succeeded);
    }

    // Closed for less than an hour, and open then for so long that a clock that runs cannot leave it.
    static void Window(JsonNode json)
    {
        json["calendars"] = JsonNode.Parse("""[{ "id": "night", "windows": [{ "from": "01:00", "to": "00:10" }] }]""");
        json["routes"]![0]!["window"] = new JsonObject { ["calendar"] = "night" };
    }

    static IEnumerable<string> Published(CoreWorld world) =>
        world.Files.Paths.Where(path => path.EndsWith(".csv", StringComparison.Ordinal));
}
