using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>A gateway that is away for long, with many files waiting for it.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    const string Rescue = "anpi";

    readonly ConcurrentQueue<(string TransferId, DateTimeOffset At)> _opened = [];
    readonly CoreWorld _a;
    readonly CoreWorld _b;
    readonly DirectPeer _peer;

    public OutageTests()
    {
        _a = new CoreWorld("gw-a", json => Configure(json, """{ "attempts": 3, "firstDelay": "00:00:01", "maxDelay": "00:00:02" }"""));
        _b = new CoreWorld("gw-b", Configure, new WorldParts { Time = _a.Time, Seed = 2 });
        _peer = _a.ConnectTo(_b);
        _peer.Before = (_, request) =>
        {
            if (request is OpenTransferRequest open) _opened.Enqueue((open.Transfer.TransferId!, _a.Services.Now));
            return Task.CompletedTask;
        };
    }

    public Task InitializeAsync() => Task.WhenAll(_a.StartAsync(), _b.StartAsync());

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task While_it_is_away_only_one_file_now_and_then_is_tried_and_none_uses_up_its_attempts()
    {
        var names = await BreakDownAsync(10);

        await PassAsync(TimeSpan.FromMinutes(5));

        // Three misses, then after 5, 10, 20, 40, 80 and 120 seconds; a file or two may have been under way beside them.
        Assert.InRange(_opened.Count, 6, 12);
        foreach (var name in names)
            Assert.Equal(DeliveryState.Waiting, (await _a.DeliveryAsync(Identity(name))).State);
    }

    [Fact]
    public async Task When_it_is_back_what_waited_goes_by_and_by_and_what_is_urgent_first()
    {
        var ordinary = await BreakDownAsync(10);
        var urgent = new[] { "u1", "u2" };
        foreach (var name in urgent) await SubmitAsync(name, Rescue);
        await PassAsync(TimeSpan.FromMinutes(3));
        _opened.Clear();

        _peer.Fault = null;
        await _a.DriveAsync(async () => await AllGoneAsync([.. ordinary, .. urgent]), "all deliveries");

        var opened = _opened.ToList();
        Assert.Equal([.. ordinary.Order(), .. urgent], opened.Select(one => one.TransferId).Order());

        // The one that found it back may be any, and an ordinary one comes between those that are urgent.
        Assert.Subset(opened.Take(4).Select(one => one.TransferId).ToHashSet(), urgent.ToHashSet());

        // Two a second since it was found back, and what a tenth of a second may have added for lateness.
        foreach (var (index, one) in opened.Index().Skip(1))
        {
            var after = (one.At - opened[0].At).TotalSeconds;
            Assert.True(after >= ((index - 1) / 2.0) - 0.2, $"{index + 1} began {after} s after the first");
        }
    }

    [Fact]
    public async Task Operators_are_told_that_it_is_away_and_that_it_is_back()
    {
        await BreakDownAsync(3);
        await _a.DriveAsync(() => _a.Services.Notices.Current.Count > 0, "a notice");
        var notice = Assert.Single(_a.Services.Notices.Current);
        Assert.Equal((NoticeKind.DestinationDown, "to-gw-b"), (notice.Kind, notice.Subject));
        var outage = Assert.Single(_a.Services.Health.Outages());
        Assert.Equal(("to-gw-b", false), (outage.DestinationId, outage.Drains));

        _peer.Fault = null;
        await _a.DriveAsync(() => _a.Services.Notices.Current.Count == 0, "the end of it");
    }

    [Fact]
    public async Task Something_urgent_passes_while_bulk_has_taken_all_workers()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = 0;
        _peer.Before = (_, request) =>
        {
            if (request is not OpenTransferRequest { Manifest.InterfaceId: Interface }) return Task.CompletedTask;
            Interlocked.Increment(ref held);
            return goOn.Task;
        };
        for (var i = 0; i < 5; i++) await SubmitAsync($"bulk{i}", Interface);
        await Waiting.UntilAsync(() => Volatile.Read(ref held) == 2, "both workers to be taken");

        await SubmitAsync("urgent", Rescue);

        await _a.UntilAsync(
            Identity("urgent"), delivery => delivery.State is DeliveryState.HandedOver or DeliveryState.Delivered, "the urgent file");
        Assert.Equal(2, held);
        goOn.SetResult();
    }

    [Fact]
    public async Task Attempts_that_all_end_alike_fill_no_journal_and_what_is_told_hangs_together()
    {
        _a.Reload(json =>
        {
            Configure(json, """{ "attempts": 2000, "firstDelay": "00:00:00.1", "maxDelay": "00:00:00.2" }""");
            var there = json["destinations"]!.AsArray().First(destination => (string?)destination!["id"] == "to-gw-b")!;
            there["outage"] = JsonNode.Parse("""{ "firstPause": "00:00:00.1", "longestPause": "00:00:00.1" }""");
        });
        _peer.Fault = call => call == "Receipts" ? null : new PeerFault.NotSent();
        await SubmitAsync("a", Interface);
        await _a.DriveAsync(Identity("a"), delivery => delivery.Attempts >= 60, "many attempts");
        Assert.InRange((await _a.Journal.EventsAsync(Identity("a"), Never)).Count, 40, 50);

        // A receipt that overtakes the end of its attempt would be told of one that began untold.
        _peer.Fault = call => call == "Receipts" ? new PeerFault.NotSent() : null;
        await _a.DriveAsync(Identity("a"), DeliveryState.HandedOver);
        _peer.Fault = null;
        await _a.DriveAsync(Identity("a"), DeliveryState.Delivered);

        var events = (await _a.Journal.EventsAsync(Identity("a"), Never)).Where(entry => entry.DeliveryId is not null).ToList();
        Assert.InRange(events.Count, 40, 55);
        foreach (var (one, next) in events.Zip(events.Skip(1))) Assert.Equal(one.To, next.From);
        Assert.Contains(events, entry => entry.Detail.Contains("are not listed", StringComparison.Ordinal));
    }

    async Task<List<string>> BreakDownAsync(int files)
    {
        _peer.Fault = _ => new PeerFault.NotSent();
        List<string> names = [];
        for (var i = 0; i < files; i++)
        {
            names.Add($"f{i}");
            await SubmitAsync(names[^1], Interface);
        }

        await _a.DriveAsync(() => _a.Services.Health.IsOpen("to-gw-b"), "the outage to be seen");
        return names;
    }

    async Task PassAsync(TimeSpan time)
    {
        var until = _a.Services.Now + time;
        await _a.DriveAsync(() => _a.Services.Now >= until, $"{time} to pass");
    }

    async Task SubmitAsync(string name, string interfaceId)
    {
        var file = Bytes(10);
        var answer = await _a.SubmitAsync(Manifest(name, file) with { InterfaceId = interfaceId }, file);
        Assert.True(answer.Succeeded, answer.Refusal?.Code);
    }

    async Task<bool> AllGoneAsync(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if ((await _a.DeliveryAsync(Identity(name))).State is not (DeliveryState.HandedOver or DeliveryState.Delivered)) return false;
        }

        return true;
    }

    static void Configure(JsonNode json)
    {
        json["interfaces"]!.AsArray().Add(JsonNode.Parse($$"""{ "id": "{{Rescue}}" }"""));
        json["routes"]!.AsArray().Add(JsonNode.Parse($$"""
            { "origin": "{{Origin}}", "interface": "{{Rescue}}", "receiver": "{{Receiver}}", "destination": "folder", "class": "life" }
            """));
    }

    static void Configure(JsonNode json, string retry)
    {
        Configure(json);
        RouteTo(json, "gw-b", retry: retry);
        var routes = json["routes"]!.AsArray();
        (routes[^1]!["destination"], routes[^1]!["retry"]) = ("to-gw-b", JsonNode.Parse(retry));
        json["limits"]!["deliveryWorkers"] = 2;
        json["destinations"]!.AsArray().First(destination => (string?)destination!["id"] == "to-gw-b")!["drain"] = 2;
    }
}
