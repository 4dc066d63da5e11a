using System.Text.Json.Nodes;
using LinkGateway.Contract.Operator;
using LinkGateway.Server.Tests.Operator;

namespace LinkGateway.Server.Tests.Watches;

/// <summary>A folder of the disk, watched by a gateway that runs.</summary>
public sealed class WatchTests
{
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task What_is_put_into_the_folder_arrives_is_moved_and_is_shown_to_operators()
    {
        await using var gateway = await OperatorDesk.StartAsync(
            json => json["watches"] = JsonNode.Parse("""
                [{ "id": "export", "folder": "in", "origin": "kaoku", "interface": "kaoku-ido", "receivers": ["juki"], "files": ["*.csv"],
                   "complete": "marker", "lookEvery": "00:00:01", "afterwards": "move", "doneFolder": "in/done",
                   "errorFolder": "in/error", "namePattern": "house_(?<baseDate>\\d{8})\\.csv", "receiptFolder": "in/receipts" }]
                """),
            folder => Directory.CreateDirectory(Path.Combine(folder.Root, "in")));
        var client = gateway.Operators();
        string InFolder(params string[] names) => Path.Combine([gateway.Folder.Root, "in", .. names]);

        foreach (var name in new[] { "house_20261127.csv", "wrong.csv" })
        {
            await File.WriteAllTextAsync(InFolder(name), "1,2,3\n");
            await File.WriteAllTextAsync(InFolder(name + ".end"), "");
        }

        var entry = await UntilAsync(client, one => one is { Taken: 1, Refused: 1 });
        Assert.Equal(("watch/export", null, null), (entry.Id, entry.Schedule, entry.Trouble));
        Assert.Empty(Directory.GetFiles(InFolder()));
        Assert.True(File.Exists(InFolder("done", "house_20261127.csv")));
        Assert.Contains("LG-1401", await File.ReadAllTextAsync(InFolder("error", "wrong.csv.error.json")), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(InFolder("receipts")));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!File.Exists(Path.Combine(gateway.Folder.Root, "out", "house_20261127.csv.ctl.json"))) await Task.Delay(20, patience.Token);
        await gateway.Log.WaitForAsync(630);
        await gateway.Log.WaitForAsync(631);
    }

    static async Task<ScheduleEntry> UntilAsync(Client.Operator.OperatorClient client, Func<ScheduleEntry, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var entries = (await client.ScheduleAsync(None)).Answered().Entries;
            if (entries is [var entry] && condition(entry)) return entry;
            await Task.Delay(20, patience.Token);
        }
    }
}
