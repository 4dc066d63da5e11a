using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Messages;

/// <summary>
/// A message that was being posted when the gateway stopped, and that may not be posted when it starts again: the window of its route is
/// closed, or its destination is stopped as planned. It is midnight of 2 April 2026 in Tokyo.
/// </summary>
public sealed class MessagePutOffTests
{
    const string Until01 = """{ "from": "2026-04-01T23:00", "to": "2026-04-02T01:00" }""";

    static readonly TransferIdentity Sent = Identity(MessageId);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_most_once_holds_it_when_its_time_has_come_and_does_not_post_it_again(bool isStopped)
    {
        await using var world = await RestartAsync(isStopped, json => DestinationOf(json, Destination)["atMostOnce"] = true);
        var waiting = await world.UntilAsync(Sent, IsPutOff, "put off");

        // The doubt of a message is its state alone: one that says Waiting was certainly never sent.
        Assert.Equal((DeliveryState.InDoubt, 1), (waiting.State, waiting.Attempts));

        world.Time.Advance(TimeSpan.FromHours(1));

        var held = await world.DriveAsync(Sent, delivery => delivery.State is DeliveryState.Held or DeliveryState.Delivered, "an end");
        Assert.Equal(DeliveryState.Held, held.State);
        Assert.Contains("atMostOnce", held.LastErrorText, StringComparison.Ordinal);
        Assert.Empty(world.Sender.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_posted_again_where_it_may_have_come_and_nowhere_else(bool isStopped)
    {
        await using var world = await RestartAsync(isStopped, json => Route(json)["alternates"] = new JsonArray(Alternate));
        Assert.Equal(DeliveryState.InDoubt, (await world.UntilAsync(Sent, IsPutOff, "put off")).State);
        Assert.Empty(world.Sender.Calls);

        world.Time.Advance(TimeSpan.FromHours(1));

        var delivered = await world.DriveAsync(Sent, DeliveryState.Delivered);
        Assert.Equal((Destination, 2), (delivered.DestinationId, delivered.Attempts));
        Assert.Equal([Destination], world.Sender.Calls);
    }

    /// <summary>A gateway that starts with the message in its journal, which may not be posted before one o'clock.</summary>
    static async Task<CoreWorld> RestartAsync(bool isStopped, Action<JsonNode> more)
    {
        var parts = new WorldParts();
        await using (var first = new CoreWorld(configuration: With(more), parts: parts))
        {
            var posted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            first.Sender.Before = _ =>
            {
                posted.TrySetResult();
                return Task.Delay(Timeout.Infinite);
            };
            await first.StartAsync();
            await first.SubmitAsync(Message(), Bytes(100));
            await posted.Task.WaitAsync(TimeSpan.FromMinutes(3));
            await first.StopAsync();
            Assert.Equal(DeliveryState.Sending, (await first.DeliveryAsync(Sent)).State);
        }

        var world = new CoreWorld(
            configuration: With(json =>
            {
                more(json);
                if (isStopped) DestinationOf(json, Destination)["maintenance"] = new JsonArray(JsonNode.Parse(Until01));
                else Close(json);
            }),
            parts: parts with { Seed = 2 });
        await world.StartAsync();
        return world;
    }

    static void Close(JsonNode json)
    {
        json["calendars"] = JsonNode.Parse("""[{ "id": "night", "windows": [{ "from": "01:00", "to": "05:00" }] }]""");
        Route(json)["window"] = new JsonObject { ["calendar"] = "night" };
    }

    static bool IsPutOff(DeliveryRecord row) =>
        row.LastErrorCode == ErrorCatalogue.WindowClosed.Code || row.LastErrorCode == ErrorCatalogue.PlannedStop.Code;
}
