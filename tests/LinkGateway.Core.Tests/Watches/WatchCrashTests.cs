using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Journal;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Watches;

/// <summary>
/// Power is lost after every single operation in a watched folder, with everything lost that may be lost, before or after the journal's
/// commit at that point; then the gateway starts again. The file must have been taken in exactly once, and become of it what shall.
/// </summary>
public class WatchCrashTests
{
    const int LossesAtEachPoint = 4;
    const string Name = "houses.csv";

    static readonly byte[] File = Bytes(2000);
    static readonly byte[] Newer = Bytes(1000, seed: 2);

    [Theory]
    [InlineData("""{ "afterwards": "move", "doneFolder": "/done", "receiptFolder": "/receipts" }""", false)]
    [InlineData("""{ "afterwards": "delete" }""", false)]
    [InlineData("""{ "afterwards": "keep" }""", false)]
    [InlineData("""{ "afterwards": "move", "doneFolder": "/done", "complete": "marker" }""", true)]
    [InlineData("""{ "afterwards": "delete", "complete": "marker" }""", true)]
    public async Task A_crash_anywhere_ends_in_one_transfer(string watch, bool marked)
    {
        var night = await NightAsync(watch, async world =>
        {
            await world.PutAsync(Name, File);
            if (marked) await world.PutAsync(Name + ".end", []);
        });
        await CrashAnywhereAsync(night, (files, commits, what) => RestartAsync(watch, night, files, commits, what));
    }

    [Theory]
    [InlineData("""{ "afterwards": "move", "doneFolder": "/done" }""")]
    [InlineData("""{ "afterwards": "delete" }""")]
    public async Task A_crash_anywhere_loses_none_of_two_files_of_one_name(string watch)
    {
        // One lies aside and was not sent, because it came while an older one was on its way; and there is a newer one again.
        var night = await NightAsync(
            watch,
            async world =>
            {
                await world.World.Files.CreateDirectoryAsync(WatchWorld.Aside, Never);
                await WatchWorld.PutAsync(world.World.Files, $"{WatchWorld.Aside}/{Name}", File);
                await world.PutAsync(Name, Newer);
            },
            count: 2);
        await CrashAnywhereAsync(night, (files, commits, what) => RestartWithTwoAsync(watch, night, files, commits, what));
    }

    static async Task CrashAnywhereAsync(Night night, Func<RecordingFileSystem, int, string, Task> restartAsync)
    {
        for (var point = night.Begin; point <= night.Files.Operations.Count; point++)
        {
            var before = night.Batches.Count(batch => batch.Point < point);
            var after = night.Batches.Count(batch => batch.Point <= point);
            foreach (var commits in new[] { before, after }.Distinct())
            {
                await restartAsync(night.Files.Kill(point), commits, $"killed at {point} after {commits} commits");
                for (var loss = 0; loss < LossesAtEachPoint; loss++)
                {
                    var seed = (point * 100) + loss;
                    var files = night.Files.PowerLoss(new Random(seed), point);
                    await restartAsync(files, commits, $"power loss at {point}, seed {seed}, after {commits} commits");
                }
            }
        }
    }

    static async Task<Night> NightAsync(string watch, Func<WatchWorld, Task> putAsync, int count = 1)
    {
        await using var world = new WatchWorld(watch);
        var night = new Night(world.World.Files, []);
        await putAsync(world);
        night.Begin = world.World.Files.Operations.Count;
        world.World.Journal.Applying = batch => night.Batches.Add((world.World.Files.Operations.Count, batch));
        world.Start();
        await world.UntilTakenAsync(count);
        return night;
    }

    static async Task RestartAsync(string watch, Night night, RecordingFileSystem files, int commits, string what)
    {
        await using var world = await WorldAsync(watch, night, files, commits);

        world.Start();
        await world.LookAsync();

        var transfer = Assert.Single(await world.TransfersAsync());
        Assert.True(transfer.Sha256 == Sha256Digest.Of(File), what);
        var (left, done) = (world.Names(WatchWorld.In), world.Names("/done"));
        var wanted = watch.Contains("keep") ? (string[])[Name] : [];
        Assert.True(left.SequenceEqual(wanted), $"{what}: {string.Join(", ", left)} in the folder; {world.Told}");
        Assert.True(world.Names(WatchWorld.Aside).Count == 0, $"{what}: something is left aside");
        Assert.True(done.SequenceEqual(watch.Contains("move") ? (string[])[Name] : []), $"{what}: {string.Join(", ", done)} are done");
        if (watch.Contains("receipts"))
            Assert.True(world.Names("/receipts").SequenceEqual([$"{transfer.Identity.TransferId}.receipt.xml"]), $"{what}: no receipt");
        Assert.True(world.Refused.IsEmpty, $"{what}: {world.Told}");
    }

    static async Task RestartWithTwoAsync(string watch, Night night, RecordingFileSystem files, int commits, string what)
    {
        await using var world = await WorldAsync(watch, night, files, commits);

        world.Start();
        await world.World.DriveAsync(
            async () => (await world.TransfersAsync()).Count == 2
                && ((string[])[WatchWorld.In, WatchWorld.Aside, WatchWorld.Later]).All(folder => world.Names(folder).Count == 0),
            $"both; {what}; {string.Join(", ", world.World.Files.Paths)}; {world.Told}");

        var sent = (await world.TransfersAsync()).Select(transfer => transfer.Sha256!.Value).ToHashSet();
        Assert.True(sent.SetEquals([Sha256Digest.Of(File), Sha256Digest.Of(Newer)]), what);
        var done = world.Names("/done").Select(name => Sha256Digest.Of(files.Content($"/done/{name}"))).ToList();
        Assert.True(done.Count == (watch.Contains("move") ? 2 : 0) && sent.IsSupersetOf(done), $"{what}: {done.Count} are done");
        Assert.True(world.Refused.IsEmpty, $"{what}: {world.Told}");
    }

    static async Task<WatchWorld> WorldAsync(string watch, Night night, RecordingFileSystem files, int commits)
    {
        var journal = new InMemoryJournal();
        foreach (var (_, batch) in night.Batches.Take(commits)) await journal.CommitAsync(batch, Never);
        var time = new ManualTime(new ManualTime().GetUtcNow().AddHours(1));
        return new WatchWorld(watch, new WorldParts { Journal = journal, Files = files, Time = time, Seed = 2 });
    }

    sealed record Night(RecordingFileSystem Files, List<(int Point, JournalBatch Batch)> Batches)
    {
        public int Begin { get; set; }
    }
}
