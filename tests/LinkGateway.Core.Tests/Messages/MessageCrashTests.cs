using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Journal;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Messages;

/// <summary>
/// The gateway is killed after every single commit of a message's way, before or after what it posted in between; then it starts again.
/// What was answered must arrive, at least once or at most once as configured.
/// </summary>
public class MessageCrashTests
{
    static readonly byte[] Body = Bytes((2 * WorldConfiguration.ChunkSize) + 1000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kill_anywhere_loses_no_message_that_was_answered(bool atMostOnce)
    {
        var night = await NightAsync(atMostOnce);
        var restarts = 0;
        for (var commits = 0; commits <= night.Batches.Count; commits++)
        {
            var earliest = commits == 0 ? 0 : night.Batches[commits - 1].Arrived;
            var latest = commits == night.Batches.Count ? night.Arrived : night.Batches[commits].Arrived;
            for (var arrived = earliest; arrived <= latest; arrived++)
                if (await RestartAsync(atMostOnce, night, commits, arrived)) restarts++;
        }

        Assert.InRange(restarts, 5, int.MaxValue);
    }

    /// <summary>The first destination cannot be reached, the alternate takes it: every state but doubt is on the way.</summary>
    static async Task<Night> NightAsync(bool atMostOnce)
    {
        await using var world = new CoreWorld(configuration: With(json => Configure(json, atMostOnce)));
        world.Sender.Fault = post => post.Attempt == 1 || post.Destination.Id == Destination
            ? new MessageAnswer.NotSent("LG-6006", "refused")
            : null;
        List<(int Arrived, JournalBatch Batch)> batches = [];
        world.Journal.Applying = batch => batches.Add((world.Sender.Arrived.Count, batch));
        await world.StartAsync();
        await world.SubmitAsync(Message(), Body);
        await world.DriveAsync(Identity(MessageId), DeliveryState.Delivered);
        return new Night(world, [.. batches], world.Sender.Arrived.Count);
    }

    static async Task<bool> RestartAsync(bool atMostOnce, Night night, int commits, int arrived)
    {
        var what = $"after {commits} commits with {arrived} arrived";
        var journal = new InMemoryJournal();
        foreach (var (_, batch) in night.Batches.Take(commits)) await journal.CommitAsync(batch, Never);
        if (await journal.FindTransferAsync(Identity(MessageId), Never) is not { State: TransferState.Accepted }) return false;
        await using var world = new CoreWorld(
            configuration: With(json => Configure(json, atMostOnce)),
            parts: new WorldParts
            {
                Journal = journal,
                Spool = night.World.Spool,
                Time = new ManualTime(new ManualTime().GetUtcNow().AddHours(1)),
                Seed = 2,
            });
        await world.StartAsync();

        var last = await world.DriveAsync(
            Identity(MessageId), delivery => delivery.State is DeliveryState.Delivered or DeliveryState.Held, what);

        var all = arrived + world.Sender.Arrived.Count;
        Assert.All(world.Sender.Arrived, again => Assert.Equal(last.DeliveryId, again.Post.DeliveryId));
        Assert.All(world.Sender.Arrived, again => Assert.Equal(Body, again.Body));
        if (last.State == DeliveryState.Delivered) Assert.True(all >= 1, $"{what}: delivered, and never arrived");
        if (atMostOnce) Assert.True(all <= 1, $"{what}: arrived {all} times");
        else Assert.True(last.State == DeliveryState.Delivered, $"{what}: {last}");
        return true;
    }

    static void Configure(JsonNode json, bool atMostOnce)
    {
        Route(json)["alternates"] = new JsonArray(Alternate);
        DestinationOf(json, Alternate)["atMostOnce"] = atMostOnce;
    }

    sealed record Night(CoreWorld World, IReadOnlyList<(int Arrived, JournalBatch Batch)> Batches, int Arrived);
}
