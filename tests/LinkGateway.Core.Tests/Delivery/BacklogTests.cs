using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

public sealed class BacklogTests
{
    // Longer than any test: what goes at all goes because the gateway is known to be back.
    const string Retry = """{ "attempts": 3, "firstDelay": "12:00:00", "maxDelay": "12:00:00" }""";

    static readonly DateTimeOffset Night = new(2026, 11, 27, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_waits_for_a_gateway_that_was_away_goes_when_it_is_back_oldest_first()
    {
        await using var a = new CoreWorld("gw-a", json =>
        {
            RouteTo(json, "gw-b", retry: Retry);
            (json["limits"] ??= new JsonObject())["deliveryWorkers"] = 1;
        });
        await using var b = new CoreWorld("gw-b", parts: new WorldParts { Time = a.Time, Seed = 2 });
        var peer = a.ConnectTo(b);
        await Task.WhenAll(a.StartAsync(), b.StartAsync());
        string[] names = ["d", "b", "e", "a", "c"];
        peer.Fault = _ => new PeerFault.NotSent();
        foreach (var name in names)
        {
            var file = Bytes(10);
            await a.SubmitAsync(Manifest(name, file), file);
            await a.UntilAsync(
                Identity(name), delivery => delivery is { State: DeliveryState.Waiting, LastErrorCode: "LG-6001" }, "a miss");
            a.Time.Advance(TimeSpan.FromSeconds(30));
        }
        var opened = new ConcurrentQueue<string>();
        peer.Before = (_, request) =>
        {
            if (request is OpenTransferRequest open) opened.Enqueue(open.Transfer.TransferId!);
            return Task.CompletedTask;
        };

        peer.Fault = null;

        foreach (var name in names)
            await a.DriveAsync(
                Identity(name), delivery => delivery.State is DeliveryState.HandedOver or DeliveryState.Delivered, "delivery");
        Assert.Equal(names, opened);
    }

    [Fact]
    public void An_outage_ends_once_with_the_first_answer_after_it()
    {
        var health = new DestinationHealth();
        health.Missed("to-gw-b", Night);
        health.Missed("to-gw-b", Night.AddSeconds(59));

        Assert.True(health.Answered("to-gw-b", Night.AddSeconds(60)));
        Assert.False(health.Answered("to-gw-b", Night.AddSeconds(61)));
    }

    [Fact]
    public void Misses_between_answers_are_no_outage_however_long_they_go_on()
    {
        var health = new DestinationHealth();
        for (var minute = 0; minute < 10; minute++)
        {
            health.Missed("to-gw-b", Night.AddMinutes(minute));
            Assert.False(health.Answered("to-gw-b", Night.AddMinutes(minute).AddSeconds(59)));
        }
    }
}
