using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Journal;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>
/// Power is lost after every single operation of a publication, with everything lost that may be lost, before or after the journal's commit
/// at that point; then the gateway starts again. The file must have been published exactly once, whole, whoever looks when.
/// </summary>
public class FolderCrashTests
{
    const int LossesAtEachPoint = 6;

    const string Taken = $"{Folder}/a.csv";

    static readonly byte[] File = Bytes(ChunkSize + 1000);

    [Theory]
    [InlineData("refuse", false)]
    [InlineData("refuse", true)]
    [InlineData("number", true)]
    [InlineData("replace", true)]
    public async Task A_crash_anywhere_ends_in_one_publication(string onExists, bool receiverTakesAtOnce)
    {
        var night = await NightAsync(onExists);
        foreach (var (point, files, name) in Crashes(night.Files))
        {
            var before = night.Batches.Count(batch => batch.Point < point);
            var after = night.Batches.Count(batch => batch.Point <= point);
            foreach (var commits in (int[])[before, after])
                await RestartAsync(onExists, night, files, commits, receiverTakesAtOnce, $"{name} after {commits} commits");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_anywhere_while_the_name_is_taken_in_the_last_moment_ends_in_one_publication_under_one_name(bool isFreeAgain)
    {
        var night = await NightAsync("number", nameIsTaken: true);
        foreach (var (point, crashed, name) in Crashes(night.Files))
        {
            var before = night.Batches.Count(batch => batch.Point < point);
            var after = night.Batches.Count(batch => batch.Point <= point);
            foreach (var commits in (int[])[before, after])
            {
                var what = $"{name} after {commits} commits";
                await RestartAsync("number", night, () => Freed(crashed()), commits, receiverTakesAtOnce: false, what);
            }
        }

        RecordingFileSystem Freed(RecordingFileSystem files)
        {
            if (isFreeAgain && IsForeign(files, Taken)) Assert.True(files.DeleteAsync(Taken, Never).AsTask().IsCompletedSuccessfully);
            return files;
        }
    }

    // The other file of that name is short, and may be torn.
    static bool IsForeign(RecordingFileSystem files, string path) =>
        path == Taken && files.Paths.Contains(path) && files.Content(path).Length < 10;

    static IEnumerable<(int Point, Func<RecordingFileSystem> Files, string Name)> Crashes(RecordingFileSystem files)
    {
        for (var point = 0; point <= files.Operations.Count; point++)
        {
            var at = point;
            yield return (at, () => files.Kill(at), $"killed at {at}");
            for (var loss = 0; loss < LossesAtEachPoint; loss++)
            {
                var seed = (point * 100) + loss;
                yield return (at, () => files.PowerLoss(new Random(seed), at), $"power loss at {at}, seed {seed}");
            }
        }
    }

    static async Task<Night> NightAsync(string onExists, bool nameIsTaken = false)
    {
        await using var world = new CoreWorld(configuration: FolderDeliveryTests.OnExists(onExists));
        var night = new Night(world.Files, world.Spool, []);
        world.Journal.BeforeCommit = batch =>
        {
            var isPublishing = batch.Deliveries.Any(delivery => delivery.State == DeliveryState.Publishing);
            if (nameIsTaken && isPublishing && !world.Files.Paths.Contains(Taken))
                Assert.True(FolderDeliveryTests.PutFileAsync(world.Files, "a.csv").IsCompletedSuccessfully);
        };
        world.Journal.Applying = batch => night.Batches.Add((world.Files.Operations.Count, batch));
        await world.Files.CreateDirectoryAsync(Folder, Never);
        await world.SubmitAsync(Manifest("a", File), File);
        await world.StartAsync();
        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);
        return night;
    }

    static async Task RestartAsync(
        string onExists, Night night, Func<RecordingFileSystem> crashed, int commits, bool receiverTakesAtOnce, string what)
    {
        var journal = new InMemoryJournal();
        foreach (var (_, batch) in night.Batches.Take(commits)) await journal.CommitAsync(batch, Never);
        if (await journal.FindTransferAsync(Identity("a"), Never) is not { State: TransferState.Accepted }) return;
        var files = crashed();
        var receiver = new FolderReceiver(files);
        var time = new ManualTime(new ManualTime().GetUtcNow().AddHours(1));
        await using var world = new CoreWorld(
            configuration: FolderDeliveryTests.OnExists(onExists),
            parts: new WorldParts { Journal = journal, Files = files, Spool = night.Spool, Time = time, Seed = 2 });

        if (receiverTakesAtOnce) await receiver.TakeAsync();
        await world.StartAsync();
        await world.UntilAsync(Identity("a"), delivery => delivery.State is DeliveryState.Delivered or DeliveryState.Held, what);
        await receiver.TakeAsync();

        Assert.True(receiver.Taken.Count == 1, $"{what}: published {receiver.Taken.Count} times");
        Assert.True(File.AsSpan().SequenceEqual(receiver.Taken[0]), $"{what}: other bytes");
        var left = files.Paths.Where(path => !IsForeign(files, path)).ToList();
        Assert.True(left.Count == 0, $"{what}: left behind {string.Join(", ", left)}");
    }

    sealed record Night(RecordingFileSystem Files, RecordingFileSystem Spool, List<(int Point, JournalBatch Batch)> Batches);

    /// <summary>A receiver's job: when there is a control file, it takes the file that it names, and both are gone.</summary>
    sealed class FolderReceiver(RecordingFileSystem files)
    {
        const string Suffix = ".ctl.json";

        public List<byte[]> Taken { get; } = [];

        public async Task TakeAsync()
        {
            foreach (var control in files.Paths.Where(path => path.EndsWith(Suffix, StringComparison.Ordinal)))
            {
                var stated = JsonDocument.Parse(files.Content(control)).RootElement;
                var data = $"{Folder}/{stated.GetProperty("file").GetString()}";
                var bytes = files.Content(data);
                Assert.Equal(stated.GetProperty("sha256").GetString(), Sha256Digest.Of(bytes).ToString());
                Assert.Equal(control, data + Suffix);
                Taken.Add(bytes);
                await files.DeleteAsync(data, Never);
                await files.DeleteAsync(control, Never);
            }
        }
    }
}
