using System.Text.Json.Nodes;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Sequences;

/// <summary>A gateway that delivers in order, and what came out of it.</summary>
static class OrderedWorld
{
    public const string Waits = "LG-6320";
    public const string Past = "LG-6321";

    /// <summary>Lets the route to a receiver keep an order.</summary>
    public static void Ordered(JsonNode json, string order = "interface", string receiver = Receiver) =>
        json["routes"]!.AsArray().First(route => (string?)route!["receiver"] == receiver)!["order"] = order;

    public static Manifest Number(string transferId, long number, string group = "g") =>
        Manifest(transferId) with { OrderGroup = group, OrderSequence = number };

    /// <summary>Hands a file in, a second after the one before.</summary>
    public static Task TakeAsync(this CoreWorld world, string transferId) => world.TakeAsync(Manifest(transferId));

    public static async Task TakeAsync(this CoreWorld world, Manifest manifest)
    {
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await world.SubmitAsync(manifest, Bytes(100))).Refusal);
    }

    /// <summary>Makes the folder refuse a file until <see cref="UnblockAsync"/>.</summary>
    public static async Task BlockAsync(this CoreWorld world, string name)
    {
        await world.Files.CreateDirectoryAsync(Folder, Never);
        await using (await world.Files.CreateAsync($"{Folder}/{name}.csv", 0, Never)) { }
    }

    public static ValueTask UnblockAsync(this CoreWorld world, string name) => world.Files.DeleteAsync($"{Folder}/{name}.csv", Never);

    public static Task<DeliveryRecord> WaitsAsync(this CoreWorld world, string transferId, string code = Waits) => world.UntilAsync(
        Identity(transferId),
        delivery => delivery is { State: DeliveryState.Held, LeaseOwner: null } && delivery.LastErrorCode == code, $"held by {code}");

    public static async Task DeliveredAsync(this CoreWorld world, params string[] transferIds)
    {
        foreach (var id in transferIds) await world.DriveAsync(Identity(id), DeliveryState.Delivered);
    }

    /// <summary>The files in the order in which the receiver was shown them, by the sign that each is whole.</summary>
    public static IEnumerable<string> Shown(this CoreWorld world) => world.Files.Operations
        .Where(operation => operation.Kind == FileOperationKind.Rename
            && operation.Target!.EndsWith(".csv.ctl.json", StringComparison.Ordinal))
        .Select(operation => Path.GetFileName(operation.Target!).Split('.')[0]);
}
