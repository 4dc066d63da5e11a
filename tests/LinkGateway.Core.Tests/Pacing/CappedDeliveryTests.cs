using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.Receivers;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Pacing;

/// <summary>Files that go out no faster than their route and destination allow, wherever they go.</summary>
public sealed class CappedDeliveryTests
{
    // At 64 KiB a second, ten chunks of 64 KiB take ten seconds, less what may go at once.
    static readonly byte[] File = Bytes(10 * ChunkSize);
    static readonly TimeSpan Least = TimeSpan.FromSeconds(9.5);

    static void CapRoute(JsonNode json) =>
        json["routes"]!.AsArray().First(route => (string?)route!["receiver"] == Receiver)!["bandwidth"] = "64KiB";

    [Theory]
    [InlineData("route")]
    [InlineData("destination")]
    public async Task A_copy_to_a_folder_takes_its_time(string where)
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            if (where == "route") CapRoute(json);
            else json["destinations"]![0]!["bandwidth"] = "64KiB";
        });

        Assert.InRange(await DeliverAsync(world, Identity("a"), world), Least, TimeSpan.MaxValue);
        Assert.Equal(File, world.Files.Content("/out/a.csv"));
    }

    [Fact]
    public async Task A_forward_takes_its_time_all_chunks_in_flight_together()
    {
        await using var first = new CoreWorld("gw-a", json =>
        {
            RouteTo(json, "gw-b", chunksInFlight: 4);
            CapRoute(json);
        });
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = first.Time, Seed = 2 });
        first.ConnectTo(next);
        await next.StartAsync();

        Assert.InRange(await DeliverAsync(first, ForwardIdentity("a"), next), Least, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_push_takes_its_time()
    {
        await using var world = new CoreWorld(configuration: ReceiverConfiguration.With(more: json => json["bandwidth"] = "64KiB"));

        Assert.InRange(await DeliverAsync(world, Identity("a"), world), Least, TimeSpan.MaxValue);
        Assert.Equal(File, Assert.Single(world.Receiving.Taken).Bytes);
    }

    [Fact]
    public async Task A_fetch_takes_its_time()
    {
        await using var world = await InboxWorld.StartAsync(more: CapRoute);
        var offered = await world.OfferAsync("a", File);
        var fetched = await world.FetchFileAsync(offered.DeliveryId);
        var began = world.Services.Now;

        var reading = fetched.ReadAsync();
        await world.DriveAsync(() => reading.IsCompleted, "the last byte");

        Assert.Equal(File, await reading);
        Assert.InRange(world.Services.Now - began, Least, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_reload_changes_the_cap_of_what_runs()
    {
        await using var world = new CoreWorld(configuration: CapRoute);
        await world.SubmitAsync(Manifest("a"), File);
        var (transfer, delivery) = (await world.RowAsync(Identity("a")), await world.DeliveryAsync(Identity("a")));
        await using var reader = world.Services.Bandwidth.Pace(
            await world.Transfers.Payloads.OpenAsync(transfer, Never), transfer, delivery, "folder");
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var buffer = new byte[2 * ChunkSize];

        Assert.Equal(4 << 10, await reader.ReadAsync(0, buffer, Never));
        world.Reload(_ => { });
        Assert.InRange(await reader.ReadAsync(0, buffer, Never), ChunkSize, 2 * ChunkSize);
        world.Reload(CapRoute);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4 << 10, await reader.ReadAsync(0, buffer, Never));
    }

    static async Task<TimeSpan> DeliverAsync(CoreWorld world, Contract.Identity.TransferIdentity last, CoreWorld there)
    {
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", File), File, chunkSize: ChunkSize);
        var began = world.Services.Now;
        await there.DriveAsync(last, DeliveryState.Delivered);
        return world.Services.Now - began;
    }
}
