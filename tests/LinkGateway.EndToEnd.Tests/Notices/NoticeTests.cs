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
        var opened = (await TakenAsync(1))[0];
        Assert.Equal("opened", opened.GetProperty("stage").GetString());
        var open = Assert.Single((await RunAsync("notices", "--open", "--json")).Ended(0).Json.GetProperty("notices").EnumerateArray());
        Assert.Equal("spaceShort", open.GetProperty("kind").GetString());

        await _gateways.B.KillAsync();
        await _gateways.B.StartAsync();
        _gateways.B.Configure(json => json["retention"]!["freeSpaceReserve"] = 0);
        await _gateways.B.ReloadAsync("was reloaded");
        var resolved = (await TakenAsync(2))[1];

        Assert.Equal("resolved", resolved.GetProperty("stage").GetString());
        Assert.Equal(opened.GetProperty("noticeId").GetString(), resolved.GetProperty("noticeId").GetString());
        Assert.Contains("spaceShort", (await RunAsync("notices")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_notice_says_how_it_went()
    {
        await TakenAsync(1);
        Assert.Contains("siren", (await RunAsync("notices", "--test")).Ended(0).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(_folder, "broken"), "");

        Assert.Contains("1", (await RunAsync("notices", "--test")).Ended(Temporary).Output, StringComparison.Ordinal);
    }

    /// <summary>Waits until so many notices were taken.</summary>
    async Task<JsonElement[]> TakenAsync(int count)
    {
        var lines = await Patience.UntilAsync(
            async () => File.Exists(TakenFile) ? await File.ReadAllLinesAsync(TakenFile) : [], taken => taken.Length >= count);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    async Task<LinkgwResult> RunAsync(string command, params string[] more)
    {
        string[] toB = ["--server", $"{_gateways.B.OperatorAddress}", "--trust", _gateways.B.TlsCertificate, "--user", Operator];
        using var linkgw = Linkgw.Start(
            _gateways.Temp.Root, Passwords.Environment[Passwords.OfOperator], ["operator", command, .. more, .. toB]);
        return await linkgw.ResultAsync();
    }
}
