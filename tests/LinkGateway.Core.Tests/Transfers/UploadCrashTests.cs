using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Journal;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Transfers;

/// <summary>
/// Power is lost after every single operation of an upload, with everything lost that may be lost. What the journal calls accepted must be
/// there, byte for byte; what it does not can be sent again; and nothing is left over.
/// </summary>
public class UploadCrashTests
{
    const int LossesAtEachPoint = 4;

    static readonly byte[] File = Bytes((2 * WorldConfiguration.ChunkSize) + 1000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_crash_anywhere_loses_nothing_that_was_promised(int cores)
    {
        var world = new CoreWorld(parts: new WorldParts { Cores = cores });
        List<(int Point, JournalBatch Batch)> batches = [];
        world.Journal.Applying = batch => batches.Add((world.Spool.Operations.Count, batch));
        Assert.Equal("Accepted", (await world.SubmitAsync(Manifest("a", File), File)).Value?.State);

        for (var point = 0; point <= world.Spool.Operations.Count; point++)
        {
            foreach (var commits in (int[])[batches.Count(batch => batch.Point < point), batches.Count(batch => batch.Point <= point)])
            {
                await RestartAsync(world.Spool.Kill(point), batches.Take(commits), $"killed at {point} after {commits} commits");
                for (var loss = 0; loss < LossesAtEachPoint; loss++)
                {
                    var spool = world.Spool.PowerLoss(new Random((point * 100) + loss), point);
                    await RestartAsync(spool, batches.Take(commits), $"power loss {loss} at {point} after {commits} commits");
                }
            }
        }
    }

    static async Task RestartAsync(RecordingFileSystem spool, IEnumerable<(int Point, JournalBatch Batch)> batches, string what)
    {
        var journal = new InMemoryJournal();
        foreach (var (_, batch) in batches) await journal.CommitAsync(batch, Never);
        var world = new CoreWorld(
            configuration: json => json["retention"] = new JsonObject { ["strays"] = "00:00:00" },
            parts: new WorldParts { Journal = journal, Spool = spool, Seed = 2 });
        // Nothing goes the first time that it is found.
        for (var look = 0; look < 2; look++) await world.Retention.ClearSpoolAsync(Never);

        if (await journal.FindTransferAsync(Identity("a"), Never) is not { State: TransferState.Accepted })
        {
            var again = await world.SubmitAsync(Manifest("a", File), File);
            Assert.True(again.Value?.State == "Accepted", $"{what}: {again.Refusal}");
        }

        var stored = await world.StoredAsync(Identity("a"));
        Assert.True(File.AsSpan().SequenceEqual(stored), $"{what}: other bytes");
        Assert.True(spool.Paths.Count == 1, $"{what}: {string.Join(", ", spool.Paths)}");
    }
}
