using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Calendars;

/// <summary>A forwards by B, or else by C. It is midnight of 2 April 2026 in Tokyo.</summary>
public sealed class MaintenanceTests : IAsyncLifetime
{
    const string Retry = """{ "attempts": 3, "firstDelay": "00:00:10", "maxDelay": "00:00:10" }""";
    const string Until01 = """{ "from": "2026-04-01T23:00", "to": "2026-04-02T01:00", "text": "定期点検" }""";
    const string Until02 = """{ "from": "2026-04-01T23:00", "to": "2026-04-02T02:00" }""";
    const string From0002 = """{ "from": "2026-04-02T00:02", "to": "2026-04-02T04:00" }""";

    static readonly byte[] File = Bytes(3 * ChunkSize);

    readonly CoreWorld _a = new(configuration: json => Ways(json));
    readonly CoreWorld _b;
    readonly CoreWorld _c;
    readonly DirectPeer _toB;
    readonly DirectPeer _toC;

    public MaintenanceTests()
    {
        _b = new CoreWorld("gw-b", parts: new WorldParts { Time = _a.Time, Seed = 2 });
        _c = new CoreWorld("gw-c", parts: new WorldParts { Time = _a.Time, Seed = 3 });
        (_toB, _toC) = (_a.ConnectTo(_b), _a.ConnectTo(_c));
    }

    public Task InitializeAsync() => Task.WhenAll(_a.StartAsync(), _b.StartAsync(), _c.StartAsync());

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _c.DisposeAsync();
    }

    [Fact]
    public async Task What_goes_to_a_destination_that_is_stopped_waits_until_the_end_and_no_attempt_is_used_up()
    {
        _a.Reload(json => Ways(json, toB: Until01, byC: false));
        await _a.SubmitAsync(Manifest("a", File), File);

        var waiting = await _a.UntilAsync(Identity("a"), IsPutOff, "put off");

        Assert.Equal((DeliveryState.Waiting, 0), (waiting.State, waiting.Attempts));
        Assert.Equal(_a.Services.Now.AddHours(1), waiting.NextAttemptAt);
        Assert.Contains("until 2026-04-02T01:00:00+09:00: 定期点検", waiting.LastErrorText, StringComparison.Ordinal);
        Assert.Equal(waiting.LastErrorText, Assert.Single((await _a.StatusAsync("a")).Deliveries).LastErrorText);
        _a.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await _a.DriveAsync(Identity("a"), DeliveryState.Delivered)).Attempts);
    }

    [Fact]
    public async Task Another_way_of_the_route_is_taken_meanwhile()
    {
        _a.Reload(json => Ways(json, toB: Until01));
        await _a.SubmitAsync(Manifest("a", File), File);

        Assert.Equal("to-gw-c", (await _a.DriveAsync(Identity("a"), DeliveryState.Delivered)).DestinationId);
        Assert.Empty(_toB.Calls);
    }

    [Fact]
    public async Task When_all_ways_are_stopped_it_waits_for_the_one_that_comes_back_first()
    {
        _a.Reload(json => Ways(json, toB: Until02, toC: Until01));
        await _a.SubmitAsync(Manifest("a", File), File);
        Assert.Equal(_a.Services.Now.AddHours(1), (await _a.UntilAsync(Identity("a"), IsPutOff, "put off")).NextAttemptAt);

        _a.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("to-gw-c", (await _a.DriveAsync(Identity("a"), DeliveryState.Delivered)).DestinationId);
    }

    [Fact]
    public async Task What_is_under_way_when_the_stop_begins_goes_on_by_the_other_way_at_once()
    {
        _a.Reload(json => Ways(json, toB: From0002));
        _toB.Before = (call, _) => call == "Put" ? new TaskCompletionSource().Task : Task.CompletedTask;
        await _a.SubmitAsync(Manifest("a", File), File);
        await _a.UntilAsync(Identity("a"), row => row.State == DeliveryState.Sending && _toB.Calls.Contains("Put"), "under way");

        _a.Time.Advance(TimeSpan.FromMinutes(2));

        var delivered = await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal(("to-gw-c", 1), (delivered.DestinationId, delivered.Attempts));
        Assert.True(_a.Services.Health.IsWell("to-gw-b", TimeSpan.FromHours(1), _a.Services.Now));
    }

    [Fact]
    public async Task The_window_of_the_route_and_the_stop_must_both_allow_it()
    {
        _a.Reload(json =>
        {
            Ways(json, toB: Until02, byC: false);
            json["calendars"] = JsonNode.Parse("""
                [{ "id": "hours", "windows": [{ "from": "01:00", "to": "01:30" }, { "from": "05:00", "to": "06:00" }] }]
                """);
            json["routes"]![0]!["window"] = new JsonObject { ["calendar"] = "hours" };
        });
        await _a.SubmitAsync(Manifest("a", File), File);

        Assert.Equal(_a.Services.Now.AddHours(5), (await _a.UntilAsync(Identity("a"), IsPutOff, "put off")).NextAttemptAt);
    }

    [Fact]
    public async Task A_stop_that_comes_every_week_is_a_calendar()
    {
        _a.Reload(json =>
        {
            Ways(json, toB: """{ "calendar": "weekly" }""", byC: false);
            json["calendars"] = JsonNode.Parse("""
                [{ "id": "weekly", "windows": [{ "days": ["wednesday"], "from": "23:30", "to": "00:30" }] }]
                """);
        });
        await _a.SubmitAsync(Manifest("a", File), File);

        Assert.Equal(_a.Services.Now.AddMinutes(30), (await _a.UntilAsync(Identity("a"), IsPutOff, "put off")).NextAttemptAt);
        _a.Time.Advance(TimeSpan.FromMinutes(30));
        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    static bool IsPutOff(DeliveryRecord row) => row.LastErrorCode == ErrorCatalogue.PlannedStop.Code;

    static void Ways(JsonNode json, string? toB = null, string? toC = null, bool byC = true)
    {
        RouteTo(json, "gw-b", retry: Retry);
        if (byC) AlsoBy(json, "gw-c");
        Stop(json, "to-gw-b", toB);
        Stop(json, "to-gw-c", toC);
    }

    static void Stop(JsonNode json, string destination, string? stop)
    {
        if (stop is null) return;
        json["destinations"]!.AsArray().First(item => (string?)item!["id"] == destination)!["maintenance"] =
            new JsonArray(JsonNode.Parse(stop));
    }
}
