using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Gateways;
using LinkGateway.FaultHarness.Running;
using LinkGateway.FaultHarness.Sending;
using Microsoft.Data.Sqlite;

namespace LinkGateway.FaultHarness.Fixtures;

/// <summary>
/// Makes what a gateway of this build leaves on its disk, with transfers in several states, for the end-to-end tests of later builds: run
/// as <c>LinkGateway.FaultHarness fixture FOLDER</c> before the schema of the journal changes.
/// </summary>
static class JournalFixture
{
    /// <summary>The first argument that makes this program write a fixture.</summary>
    public const string Verb = "fixture";

    // Small enough to be kept: two chunks and a rest; inline payloads are up to limits.inlinePayloadBytes.
    const int Large = 150 << 10;
    const int Small = 2000;
    const string Chunks = "64KiB";

    /// <summary>Writes it.</summary>
    /// <param name="target">A folder that is not there yet.</param>
    public static async Task WriteAsync(string target)
    {
        var home = Directory.CreateTempSubdirectory("linkgateway-fixture-").FullName;
        var plan = new FleetPlan { ChunkSize = Chunks, Entry = entry => entry["limits"]!["inlinePayloadBytes"] = Small };
        using (var fleet = await Fleet.StartAsync(plan, home))
        {
            await SendAsync(fleet, "delivered", Small, "delivered");
            await fleet.Last.KillAsync();
            await SendAsync(fleet, "waiting-inline", Small, "accepted");
            await SendAsync(fleet, "waiting-spooled", Large, "accepted");
            await LeaveOpenAsync(fleet);
            await fleet.Entry.StopAsync();
            Keep(fleet.Entry, target);
        }
        Directory.Delete(home, recursive: true);
    }

    static async Task SendAsync(Fleet fleet, string id, int size, string wait) =>
        await fleet.Sender.SendAsync(FileOf(fleet, id, size), CancellationToken.None, "--id", id, "--wait", wait);

    static async Task LeaveOpenAsync(Fleet fleet)
    {
        var cut = fleet.ToEntry.After((Large / 2) + (16 << 10), line =>
        {
            fleet.ToEntry.Refuses = true;
            line.Cut();
        });
        await fleet.Sender.RunAsync(FileOf(fleet, "open", Large), "--id", "open", "--in-flight", "1", "--tries", "1");
        await cut;
        var status = await fleet.StatusAsync("open");
        if (status?.State != nameof(TransferState.Open) || status.Held.Count == 0)
            throw new ScenarioException($"The upload that should be left open is {status?.State}, {status?.Held.Count} ranges.");
    }

    // The test makes the same content of the same seed.
    static OutgoingFile FileOf(Fleet fleet, string id, int size)
    {
        var file = fleet.Outbox.Write(id + ".csv", 0, new Random(0));
        File.WriteAllBytes(file.Path, TempFolder.Bytes(size));
        return file;
    }

    static void Keep(GatewayProcess gateway, string target)
    {
        Directory.CreateDirectory(target);
        var journal = Path.Combine(target, "journal.db");
        File.Copy(Path.Combine(gateway.DataFolder, "journal", "journal.db"), journal);
        // Its public certificate alone: whoever opens the fixture signs with a key of its own, and needs this one for the receipts in it.
        File.Copy(gateway.ReceiptCertificate, Path.Combine(target, "receipt.cer"));
        foreach (var payload in Directory.EnumerateFiles(Path.Combine(gateway.DataFolder, "spool"), "*.bin", SearchOption.AllDirectories))
            File.Copy(payload, Path.Combine(target, Path.GetFileName(payload)));
        NeverExpire(journal);
    }

    // A fixture is opened years later.
    static void NeverExpire(string journal)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = journal, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE; UPDATE transfer SET expires_at = '9' || substr(expires_at, 2); VACUUM;";
        command.ExecuteNonQuery();
    }
}
