using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Recovery;

/// <summary>
/// An update loses nothing: journals and spools that gateways of each earlier schema version left behind are opened, and what is pending in
/// them is finished. The folders in Journals are made by the fault harness (<c>fixture FOLDER</c>).
/// </summary>
public sealed class EarlierJournalTests
{
    const int Large = 150 << 10;
    const int Small = 2000;

    public static TheoryData<string> Versions =>
        [.. Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "Recovery", "Journals"))
            .Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task What_an_earlier_version_left_pending_is_finished_and_what_it_delivered_is_not_delivered_again(string version)
    {
        var left = Path.Combine(AppContext.BaseDirectory, "Recovery", "Journals", version);
        using var gateways = await TwoGateways.StartAsync(changeB: b => Trust(b, Path.Combine(left, "receipt.cer")));
        await gateways.A.StopAsync();
        Restore(left, gateways.A.DataFolder);
        await gateways.A.StartAsync();

        await gateways.UntilAtAAsync("waiting-inline", DeliveryState.Delivered);
        await gateways.UntilAtAAsync("waiting-spooled", DeliveryState.Delivered);
        var open = gateways.Temp.File("open.csv", Large);
        var resumed = (await gateways.RunAsync(gateways.Send(open, "--id", "open", "--wait", "delivered"))).Ended(0).Json;

        Assert.InRange(resumed.GetProperty("bytesHeld").GetInt64(), 1, Large - 1);
        Assert.Equal(nameof(DeliveryState.Delivered), Assert.Single((await gateways.StatusAtAAsync("delivered")).Deliveries).State);
        Landing.HoldsOnly(
            gateways.Landing,
            open, gateways.Temp.File("waiting-inline.csv", Small), gateways.Temp.File("waiting-spooled.csv", Large));
    }

    // The receipts in the journal were signed with a key that is not kept.
    static void Trust(JsonNode configuration, string certificate) =>
        configuration["receipts"]!["trust"]![0]!["certificates"]!.AsArray().Add(certificate);

    static void Restore(string left, string data)
    {
        foreach (var folder in new[] { "journal", "spool" }) Directory.Delete(Path.Combine(data, folder), recursive: true);
        Directory.CreateDirectory(Path.Combine(data, "journal"));
        File.Copy(Path.Combine(left, "journal.db"), Path.Combine(data, "journal", "journal.db"));
        foreach (var payload in Directory.EnumerateFiles(left, "*.bin"))
        {
            var folder = Directory.CreateDirectory(Path.Combine(data, "spool", Path.GetFileName(payload)[..2]));
            File.Copy(payload, Path.Combine(folder.FullName, Path.GetFileName(payload)));
        }
    }
}
