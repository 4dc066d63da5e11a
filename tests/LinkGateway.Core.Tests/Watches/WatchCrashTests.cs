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

    [Theory]
    [InlineData("""{ "afterwards": "move", "doneFolder": "/done", "receiptFolder": "/receipts" }""", false)]
    [InlineData("""{ "afterwards": "delete" }""", false)]
    [InlineData("""{ "afterwards": "keep" }""", false)]
    [InlineData("""{ "afterwards": "move", "doneFolder": "/done", "complete": "marker" }""", true)]
    [InlineData("""{ "afterwards": "delete", "complete": "marker" }""", true)]
    public async Task A_crash_anywhere_ends_in_one_transfer(string watch, bool marked)
    {
        var night = await NightAsync(watch, marked);
        for (var point = night.Begin; point <= night.Files.Operations.Count; point++)
        {
            var before = night.Batches.Count(batch => batch.Point < point);
            var after = night.Batches.Count(batch => batch.Point <= point);
            foreach (var commits in new[] { before, after }.Distinct())
            {
                await RestartAsync(watch, night, night.Files.Kill(point), commits, $"killed at {point} after {commits} commits");
                for (var loss = 0; loss < LossesAtEachPoint; loss++)
                {
                    var seed = (point * 100) + loss;
                    var files = night.Files.PowerLoss(new Random(seed), point);
                    await RestartAsync(watch, night, files, commits, $"power loss at {point}, seed {seed}, after {commits} commits");
                }
            }
        }
    }

    static async Task<Night> NightAsync(string watch, bool marked)
    {
        await using var world = new WatchWorld(watch);
        var night = new Night(world.World.Files, []);
        await world.PutAsync(Name, File);
        if (marked) await world.PutAsync(Name + ".end", []);
        night.Begin = world.World.Files.Operations.Count;
        world.World.Journal.Applying = batch => night.Batches.Add((world.World.Files.Operations.Count, batch));
        world.Start();
        await world.UntilTakenAsync(1);
        return night;
    }

    static async Task RestartAsync(string watch, Night night, RecordingFileSystem files, int commits, string what)
    {
        var journal = new InMemoryJournal();
        foreach (var (_, batch) in night.Batches.Take(commits)) await journal.CommitAsync(batch, Never);
        var time = new ManualTime(new ManualTime().GetUtcNow().AddHours(1));
        await using var world = new WatchWorld(watch, new WorldParts { Journal = journal, Files = files, Time = time, Seed = 2 });

        world.Start();
        await world.LookAsync();

        var transfer = Assert.Single(await world.TransfersAsync());
        Assert.True(transfer.Sha256 == Sha256Digest.Of(File), what);
        var (left, done) = (world.Names(WatchWorld.In), world.Names("/done"));
        var wanted = watch.Contains("keep") ? (string[])[Name] : [];
        Assert.True(left.SequenceEqual(wanted), $"{what}: {string.Join(", ", left)} in the folder; {world.Told}");
        Assert.True(world.Names($"{WatchWorld.In}/.linkgw/watch-kaoku").Count == 0, $"{what}: something is left aside");
        Assert.True(done.SequenceEqual(watch.Contains("move") ? (string[])[Name] : []), $"{what}: {string.Join(", ", done)} are done");
        if (watch.Contains("receipts"))
            Assert.True(world.Names("/receipts").SequenceEqual([$"{transfer.Identity.TransferId}.receipt.xml"]), $"{what}: no receipt");
        Assert.True(world.Refused.IsEmpty, $"{what}: {world.Told}");
    }

    sealed record Night(RecordingFileSystem Files, List<(int Point, JournalBatch Batch)> Batches)
    {
        public int Begin { get; set; }
    }
}
