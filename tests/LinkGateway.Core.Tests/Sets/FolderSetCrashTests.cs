using System.Text.Json;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Journal;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Sets;

/// <summary>
/// Power is lost after every single operation of a set's publication, before or after the journal's commit at that point; then the gateway
/// starts again. The set must have been published exactly once, whole.
/// </summary>
public class FolderSetCrashTests
{
    const int LossesAtEachPoint = 4;

    static readonly byte[][] Contents = [Bytes(ChunkSize + 1000, seed: 1), Bytes(5000, seed: 2)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_anywhere_ends_in_one_publication_of_the_whole_set(bool receiverTakesAtOnce)
    {
        var (files, spool, batches) = await NightAsync();
        for (var point = 0; point <= files.Operations.Count; point++)
        {
            for (var loss = -1; loss < LossesAtEachPoint; loss++)
            {
                var (at, seed) = (point, (point * 100) + loss);
                var what = loss < 0 ? $"killed at {at}" : $"power loss at {at}, seed {seed}";
                foreach (var commits in (int[])[batches.Count(batch => batch.Point < at), batches.Count(batch => batch.Point <= at)])
                {
                    var crashed = loss < 0 ? files.Kill(at) : files.PowerLoss(new Random(seed), at);
                    await RestartAsync(crashed, spool, batches.Take(commits), receiverTakesAtOnce, $"{what} after {commits} commits");
                }
            }
        }
    }

    static Manifest Member(int index) => Manifest($"m{index}") with { SetId = "s", SetIndex = index, SetCount = 2 };

    static async Task<(RecordingFileSystem Files, RecordingFileSystem Spool, List<(int Point, JournalBatch Batch)> Batches)> NightAsync()
    {
        await using var world = new CoreWorld();
        List<(int Point, JournalBatch Batch)> batches = [];
        world.Journal.Applying = batch => batches.Add((world.Files.Operations.Count, batch));
        await world.Files.CreateDirectoryAsync(Folder, Never);
        foreach (var index in (int[])[1, 2]) await world.SubmitAsync(Member(index), Contents[index - 1]);
        await world.StartAsync();
        foreach (var index in (int[])[1, 2]) await world.DriveAsync(Identity($"m{index}"), DeliveryState.Delivered);
        return (world.Files, world.Spool, batches);
    }

    static async Task RestartAsync(
        RecordingFileSystem files, RecordingFileSystem spool, IEnumerable<(int Point, JournalBatch Batch)> batches,
        bool receiverTakesAtOnce, string what)
    {
        var journal = new InMemoryJournal();
        foreach (var (_, batch) in batches) await journal.CommitAsync(batch, Never);
        if (await journal.FindTransferAsync(Identity("m2"), Never) is not { State: TransferState.Accepted }) return;
        var receiver = new SetReceiver(files);
        var time = new ManualTime(new ManualTime().GetUtcNow().AddHours(1));
        await using var world = new CoreWorld(
            parts: new WorldParts { Journal = journal, Files = files, Spool = spool, Time = time, Seed = 2 });

        if (receiverTakesAtOnce) await receiver.TakeAsync();
        await world.StartAsync();
        foreach (var index in (int[])[1, 2]) await world.DriveAsync(Identity($"m{index}"), DeliveryState.Delivered);
        await receiver.TakeAsync();

        Assert.True(receiver.Taken == 1, $"{what}: published {receiver.Taken} times");
        Assert.True(files.Paths.Count == 0, $"{what}: left behind {string.Join(", ", files.Paths)}");
    }

    /// <summary>A receiver's job: when there is the set's control file, it takes all files that it names.</summary>
    sealed class SetReceiver(RecordingFileSystem files)
    {
        public int Taken { get; private set; }

        public async Task TakeAsync()
        {
            foreach (var control in files.Paths.Where(path => path.EndsWith(".set.ctl.json", StringComparison.Ordinal)))
            {
                using var stated = JsonDocument.Parse(files.Content(control));
                foreach (var file in stated.RootElement.GetProperty("files").EnumerateArray())
                {
                    var data = $"{Folder}/{file.GetProperty("file").GetString()}";
                    Assert.Equal(file.GetProperty("sha256").GetString(), Sha256Digest.Of(files.Content(data)).ToString());
                    await files.DeleteAsync(data, Never);
                }

                await files.DeleteAsync(control, Never);
                Taken++;
            }
        }
    }
}
