using LinkGateway.Contract.Identity;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Watches;

/// <summary>
/// The gateway was killed with a file taken aside, and before it starts again the sender has put another one under the same name.
/// </summary>
public sealed class WatchLeftoverTests
{
    const string Name = "houses.csv";
    const string Marker = Name + ".end";
    const string Moving = """{ "afterwards": "move", "doneFolder": "/done" }""";
    const string MovingMarked = """{ "afterwards": "move", "doneFolder": "/done", "complete": "marker" }""";

    static readonly byte[] Older = Bytes(2000);
    static readonly byte[] Newer = Bytes(1000, seed: 2);

    [Theory]
    [InlineData(Moving, false)]
    [InlineData(MovingMarked, true)]
    [InlineData("""{ "afterwards": "delete" }""", false)]
    [InlineData("""{ "afterwards": "delete", "complete": "marker" }""", true)]
    public async Task A_sent_file_that_lies_aside_is_done_first_and_the_new_one_of_its_name_is_sent(string watch, bool isMarked)
    {
        var parts = new WorldParts();
        await using (var first = new WatchWorld(watch, parts))
        {
            await first.PutAsync(Name, Older);
            if (isMarked) await first.PutAsync(Marker, []);
            first.Start();
            await first.UntilTakenAsync(1);
        }

        var files = parts.Files.Kill(1 + IndexOfTakingAside(parts.Files));
        await WatchWorld.PutAsync(files, $"{WatchWorld.In}/{Name}", Newer);
        if (isMarked) await WatchWorld.PutAsync(files, $"{WatchWorld.In}/{Marker}", [1]);
        Assert.Equal(Older, files.Content($"{WatchWorld.Aside}/{Name}"));

        await using var second = new WatchWorld(watch, parts with { Files = files, Seed = 2 });
        second.Start();
        await second.UntilTakenAsync(1);

        Assert.Equal(
            (HashSet<Sha256Digest>)[Sha256Digest.Of(Older), Sha256Digest.Of(Newer)],
            (await second.TransfersAsync()).Select(transfer => transfer.Sha256!.Value).ToHashSet());
        AssertNothingIsLeft(second);
        AssertDone(second, watch, Older, Newer);
    }

    [Theory]
    [InlineData(Moving)]
    [InlineData("""{ "afterwards": "delete" }""")]
    public async Task An_unsent_file_that_lies_aside_is_sent_after_the_new_one_of_its_name(string watch)
    {
        await using var world = new WatchWorld(watch);
        await LeaveUnsentAsync(world);
        world.Start();
        await world.UntilTakenAsync(2);

        Assert.Equal([Newer.Length, Older.Length], await SizesTakenAsync(world));
        AssertNothingIsLeft(world);
        AssertDone(world, watch, Newer, Older);
        await world.DriveAsync(() => world.Entry.Trouble is null, "no trouble");
    }

    [Fact]
    public async Task An_unsent_file_that_lies_aside_comes_back_and_waits_for_a_marker_of_its_own()
    {
        await using var world = new WatchWorld(MovingMarked);
        await LeaveUnsentAsync(world);
        await world.PutAsync(Marker, [1]);
        world.Start();
        await world.UntilTakenAsync(1);
        await world.LookAsync();

        Assert.Equal([Newer.Length], await SizesTakenAsync(world));
        Assert.Equal([Name], world.Names(WatchWorld.In));
        Assert.Equal(Older, world.World.Files.Content($"{WatchWorld.In}/{Name}"));

        await world.PutAsync(Marker, [2]);
        await world.UntilTakenAsync(2);
        AssertNothingIsLeft(world);
        AssertDone(world, MovingMarked, Newer, Older);
    }

    /// <summary>
    /// As a kill leaves it between two steps: what was taken aside was no more the file that had been read, and had to go back.
    /// </summary>
    static async Task LeaveUnsentAsync(WatchWorld world)
    {
        await world.World.Files.CreateDirectoryAsync(WatchWorld.Aside, Never);
        await WatchWorld.PutAsync(world.World.Files, $"{WatchWorld.Aside}/{Name}", Older);
        await world.PutAsync(Name, Newer);
    }

    static int IndexOfTakingAside(RecordingFileSystem files) => files.Operations.Index()
        .First(one => one.Item is { Kind: FileOperationKind.Rename, Target: $"{WatchWorld.Aside}/{Name}" }).Index;

    static async Task<List<int>> SizesTakenAsync(WatchWorld world)
    {
        List<int> sizes = [];
        foreach (var (_, transferId) in world.Taken) sizes.Add((int)(await world.World.RowAsync(Identity(transferId))).Size!.Value);
        return sizes;
    }

    static void AssertNothingIsLeft(WatchWorld world)
    {
        foreach (var folder in (string[])[WatchWorld.In, WatchWorld.Aside, WatchWorld.Later]) Assert.Empty(world.Names(folder));
        Assert.True(world.Refused.IsEmpty, world.Told);
    }

    static void AssertDone(WatchWorld world, string watch, byte[] first, byte[] second)
    {
        if (!watch.Contains("move", StringComparison.Ordinal)) return;
        Assert.Equal(["houses (2).csv", Name], world.Names("/done"));
        Assert.Equal(first, world.World.Files.Content($"/done/{Name}"));
        Assert.Equal(second, world.World.Files.Content("/done/houses (2).csv"));
    }
}
