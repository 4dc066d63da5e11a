using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Calendars;

/// <summary>The worlds begin at midnight of Thursday, 2 April 2026, in Tokyo.</summary>
public sealed class WindowTests
{
    static readonly byte[] File = Bytes(3 * ChunkSize);

    [Fact]
    public async Task What_is_accepted_while_the_window_is_closed_waits_for_it_without_an_attempt()
    {
        await using var world = new CoreWorld(configuration: json => Open(json, "01:00", "05:00"));
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), File);

        var waiting = await world.UntilAsync(Identity("a"), IsPutOff, "put off");

        Assert.Equal((DeliveryState.Waiting, 0), (waiting.State, waiting.Attempts));
        Assert.Equal(world.Services.Now.AddHours(1), waiting.NextAttemptAt);
        Assert.Contains("2026-04-02T01:00:00+09:00", waiting.LastErrorText, StringComparison.Ordinal);
        var told = Assert.Single((await world.StatusAsync("a")).Deliveries);
        Assert.Equal((ErrorCatalogue.WindowClosed.Code, waiting.NextAttemptAt), (told.LastErrorCode, told.NextAttemptAt));

        world.Time.Advance(TimeSpan.FromMinutes(59));
        await world.RestAsync();
        Assert.Empty(Published(world));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var delivered = await world.UntilAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal((1, null), (delivered.Attempts, delivered.LastErrorCode));
    }

    [Fact]
    public async Task Many_that_are_put_off_do_not_hold_up_what_may_go()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            Open(json, "01:00", "05:00");
            json["limits"]!["deliveryWorkers"] = 1;
        });
        for (var index = 0; index < 20; index++) await world.SubmitAsync(Manifest($"closed-{index}"), File);
        await world.SubmitAsync(Manifest("open") with { Receivers = [OtherReceiver] }, File);

        await world.StartAsync();

        await world.UntilAsync(Identity("open"), DeliveryState.Delivered);
        Assert.Equal(["/out/open.csv"], Published(world));
    }

    [Fact]
    public async Task An_attempt_that_failed_within_the_window_goes_on_in_the_next()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            Open(json, "00:00", "00:10");
            RouteTo(json, "gw-b", retry: """{ "attempts": 2, "firstDelay": "00:20:00", "maxDelay": "00:20:00" }""");
        });
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        var peer = world.ConnectTo(next);
        peer.Fault = _ => new PeerFault.NotSent();
        await world.StartAsync();
        await next.StartAsync();
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), row => row is { State: DeliveryState.Waiting, Attempts: 1 }, "one attempt");
        peer.Fault = null;

        world.Time.Advance(TimeSpan.FromMinutes(20));

        var waiting = await world.UntilAsync(Identity("a"), IsPutOff, "put off");
        Assert.Equal(1, waiting.Attempts);
        world.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(20));
        Assert.Equal(2, (await world.DriveAsync(Identity("a"), DeliveryState.Delivered)).Attempts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_under_way_at_the_end_ends_or_goes_on_from_its_chunks_in_the_next_window(bool stopAtEnd)
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            Open(json, "00:00", "00:02", stopAtEnd);
            RouteTo(json, "gw-b", chunksInFlight: 1);
        });
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        var peer = world.ConnectTo(next);
        var line = new TaskCompletionSource();
        peer.Before = (call, _) => call == "Put" && peer.Chunks.Count == 1 ? line.Task : Task.CompletedTask;
        await world.StartAsync();
        await next.StartAsync();
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), row => row.State == DeliveryState.Sending && peer.Chunks.Count == 1, "the first chunk");

        world.Time.Advance(TimeSpan.FromMinutes(2));

        if (stopAtEnd)
        {
            // The watch may have begun only now: it looks again in a minute.
            var waiting = await world.DriveAsync(Identity("a"), IsPutOff, "broken off");
            Assert.Equal((DeliveryState.Waiting, 0), (waiting.State, waiting.Attempts));
            Assert.Empty(waiting.Doubts);
            world.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(2));
        }

        line.SetResult();
        Assert.Equal(1, (await world.DriveAsync(Identity("a"), DeliveryState.Delivered)).Attempts);
        Assert.Equal([0, 1, 2], peer.Chunks);
    }

    [Fact]
    public async Task A_window_that_is_taken_away_lets_what_waits_for_it_go()
    {
        await using var world = new CoreWorld(configuration: json => Open(json, "01:00", "05:00"));
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), File);
        await world.UntilAsync(Identity("a"), IsPutOff, "put off");

        world.Reload(_ => { });

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.True(world.Services.Now.Hour < 1);
    }

    [Fact]
    public async Task A_window_that_is_moved_moves_what_waits_for_it()
    {
        await using var world = new CoreWorld(configuration: json => Open(json, "01:00", "05:00"));
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), File);
        await world.UntilAsync(Identity("a"), IsPutOff, "put off");

        world.Reload(json => Open(json, "03:00", "05:00"));

        var moved = await world.DriveAsync(Identity("a"), row => row.NextAttemptAt!.Value.Hour == 3, "moved");
        Assert.Contains("T03:00:00", moved.LastErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_wants_any_more_ends_although_the_window_is_closed()
    {
        await using var world = new CoreWorld(configuration: json => Open(json, "12:00", "13:00"));
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a") with { NotAfter = world.Services.Now.AddMinutes(1) }, File);
        await world.UntilAsync(Identity("a"), IsPutOff, "put off");

        var failed = await world.DriveAsync(Identity("a"), DeliveryState.Failed);

        Assert.Equal(ErrorCatalogue.NotAfterPassed.Code, failed.LastErrorCode);
        Assert.True(world.Services.Now.Hour < 1);
    }

    [Fact]
    public async Task What_was_under_way_when_the_gateway_stopped_waits_for_the_window_in_doubt()
    {
        var parts = new WorldParts();
        var world = new CoreWorld(configuration: json => RouteTo(json, "gw-b"), parts: parts);
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        var never = new TaskCompletionSource();
        world.ConnectTo(next).Before = (call, _) => call == "Commit" ? never.Task : Task.CompletedTask;
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), row => row.State == DeliveryState.Sending && world.Peers["gw-b"].Chunks.Count == 3, "sent");
        await world.DisposeAsync();

        await using var again = new CoreWorld(
            configuration: json =>
            {
                Open(json, "01:00", "05:00");
                RouteTo(json, "gw-b");
            },
            parts: parts with { Seed = 3 });
        again.ConnectTo(next);
        await again.StartAsync();

        var waiting = await again.UntilAsync(Identity("a"), IsPutOff, "put off");
        Assert.Equal(DeliveryState.InDoubt, waiting.State);
        Assert.Equal(["to-gw-b"], waiting.Doubts);
        again.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty((await again.UntilAsync(Identity("a"), DeliveryState.HandedOver)).Doubts);
    }

    static bool IsPutOff(DeliveryRecord row) => row.LastErrorCode == ErrorCatalogue.WindowClosed.Code;

    static void Open(JsonNode json, string from, string to, bool stopAtEnd = false)
    {
        json["calendars"] = JsonNode.Parse($$"""[{ "id": "night", "windows": [{ "from": "{{from}}", "to": "{{to}}" }] }]""");
        json["routes"]![0]!["window"] = new JsonObject { ["calendar"] = "night", ["stopAtEnd"] = stopAtEnd };
    }

    static IEnumerable<string> Published(CoreWorld world) =>
        world.Files.Paths.Where(path => path.EndsWith(".csv", StringComparison.Ordinal));
}
