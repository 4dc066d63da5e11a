using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Watches;

/// <summary>Gateway A watches a folder of the origin's; gateway B publishes.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    readonly string _export = Directory.CreateTempSubdirectory("linkgateway-export-").FullName;
    TwoGateways _gateways = null!;

    public async Task InitializeAsync()
    {
        _gateways = await TwoGateways.StartAsync(changeA: json => json["watches"] = JsonNode.Parse($$"""
            [{ "id": "export", "folder": {{Json(_export)}}, "origin": "{{Configurations.Origin}}",
               "interface": "{{Configurations.Interface}}", "receivers": ["{{Configurations.Receiver}}"], "files": ["*.csv"],
               "complete": "name", "lookEvery": "00:00:01", "afterwards": "move",
               "doneFolder": {{Json(Path.Combine(_export, "done"))}} }]
            """));
    }

    public Task DisposeAsync()
    {
        _gateways.Dispose();
        Directory.Delete(_export, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_a_sender_puts_into_its_folder_arrives_once_though_the_gateway_is_killed_again_and_again()
    {
        const int count = 6;
        var files = Enumerable.Range(0, count).Select(i => _gateways.Temp.File($"file{i}.csv", 1000 + (i * 3_000_000))).ToArray();
        for (var i = 0; i < count; i++)
        {
            PutInto(files[i]);
            await Task.Delay(300 * i);
            await _gateways.A.KillAsync();
            await _gateways.A.StartAsync();
        }

        var control = Enumerable.Range(0, count).Select(i => $"file{i}.csv.ctl.json");
        await Patience.UntilAsync(
            () => Task.FromResult(Landing.Names(_gateways.Landing)), names => control.All(name => names.Contains(name)));
        // A file is put aside before it is moved to those that are done.
        var done = Directory.CreateDirectory(Path.Combine(_export, "done")).FullName;
        await Patience.UntilAsync(() => Task.FromResult(Directory.GetFiles(done).Length), moved => moved >= count);

        Landing.HoldsOnly(_gateways.Landing, files);
        Assert.Equal(count, Directory.GetFiles(done).Length);
        Assert.Empty(Directory.GetFiles(_export));
        Assert.Empty(Directory.GetFiles(Path.Combine(_export, ".linkgw", "watch-export")));
    }

    // As a sender that takes care: whole, or not under this name.
    void PutInto(string file)
    {
        var aside = Path.Combine(_export, Path.GetFileName(file) + ".tmp");
        File.Copy(file, aside);
        File.Move(aside, Path.Combine(_export, Path.GetFileName(file)));
    }

    static string Json(string path) => JsonSerializer.Serialize(path);
}
