using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Notices;

/// <summary>A night at gateway B whose disk is too small, told by a program, over a kill.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    const string Operator = "touban";
    const int Temporary = 4;

    readonly string _folder = Directory.CreateTempSubdirectory("linkgateway-notices-").FullName;
    TwoGateways _gateways = null!;

    string TakenFile => Path.Combine(_folder, "taken");

    public async Task InitializeAsync()
    {
        var program = Path.Combine(_folder, "hook.sh");
        // One line each: what a hook gets holds no line break but those in texts, which JSON escapes.
        await File.WriteAllTextAsync(program, $"test -e {_folder}/broken && exit 1\n{{ cat; echo; }} >> {TakenFile}\n");
        _gateways = await TwoGateways.StartAsync(changeB: json =>
        {
            json["retention"] = JsonNode.Parse("""{ "freeSpaceReserve": "8000000GiB" }""");
            json["notices"] = JsonNode.Parse($$"""
                { "quiet": "00:00:01", "hooks": [{ "id": "siren", "command": ["/bin/sh", "{{program}}"],
                  "minimumSeverity": "critical" }] }
                """);
            json["operator"] = JsonNode.Parse("""{ "listeners": [{ "url": "https://127.0.0.1:0" }] }""");
            json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
                { "id": "{{Operator}}", "kind": "operator",
                  "credentials": { "basic": { "user": "{{Operator}}", "password": "env:{{Passwords.OfOperator}}" } } }
                """));
        });
    }

    public Task DisposeAsync()
    {
        _gateways.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_wrong_is_told_once_over_a_kill_and_told_to_be_over_after_it()
    {
        var opened = (await TakenAsync(_ => true))[0];
        Assert.Equal("opened", opened.GetProperty("stage").GetString());
        var open = Assert.Single((await RunAsync("notices", "--open", "--json")).Ended(0).Json.GetProperty("notices").EnumerateArray());
        Assert.Equal("spaceShort", open.GetProperty("kind").GetString());

        await _gateways.B.KillAsync();
        await _gateways.B.StartAsync();
        _gateways.B.Configure(json => json["retention"]!["freeSpaceReserve"] = 0);
        await _gateways.B.ReloadAsync("was reloaded");
        var told = await TakenAsync(taken => taken[^1].GetProperty("stage").GetString() == "resolved");

        // At least once: it may have been killed before it had entered that it told. Never more than that.
        Assert.InRange(told.Length, 2, 3);
        Assert.All(told[..^1], one => Assert.Equal("opened", one.GetProperty("stage").GetString()));
        Assert.All(told, one => Assert.Equal(opened.GetProperty("noticeId").GetString(), one.GetProperty("noticeId").GetString()));
        Assert.Contains("spaceShort", (await RunAsync("notices")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_notice_says_how_it_went()
    {
        await TakenAsync(_ => true);
        Assert.Contains("siren", (await RunAsync("notices", "--test")).Ended(0).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(_folder, "broken"), "");

        Assert.Contains("1", (await RunAsync("notices", "--test")).Ended(Temporary).Output, StringComparison.Ordinal);
    }

    /// <summary>Waits until notices were taken, and are those waited for.</summary>
    Task<JsonElement[]> TakenAsync(Func<JsonElement[], bool> areThose) =>
        Patience.UntilAsync(ReadTakenAsync, taken => taken.Length > 0 && areThose(taken));

    async Task<JsonElement[]> ReadTakenAsync()
    {
        if (!File.Exists(TakenFile)) return [];
        var lines = (await File.ReadAllTextAsync(TakenFile)).Split('\n');
        // Behind the last line end stands what is still being written.
        return [.. lines[..^1].Select(line => JsonDocument.Parse(line).RootElement)];
    }

    async Task<LinkgwResult> RunAsync(string command, params string[] more)
    {
        string[] toB = ["--server", $"{_gateways.B.OperatorAddress}", "--trust", _gateways.B.TlsCertificate, "--user", Operator];
        using var linkgw = Linkgw.Start(
            _gateways.Temp.Root, Passwords.Environment[Passwords.OfOperator], ["operator", command, .. more, .. toB]);
        return await linkgw.ResultAsync();
    }
}
