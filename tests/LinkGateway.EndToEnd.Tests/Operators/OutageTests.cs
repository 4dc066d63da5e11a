using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Operators;

/// <summary>The next gateway is away while files come, as the operator of the first one sees it.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    const string Operator = "touban";

    TwoGateways _gateways = null!;

    public async Task InitializeAsync() => _gateways = await TwoGateways.StartAsync(changeA: json =>
    {
        json["operator"] = JsonNode.Parse("""{ "listeners": [{ "url": "https://127.0.0.1:0" }] }""");
        json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "{{Operator}}", "kind": "operator",
              "credentials": { "basic": { "user": "{{Operator}}", "password": "env:{{Passwords.OfOperator}}" } } }
            """));
        foreach (var destination in json["destinations"]!.AsArray())
            destination!["outage"] = JsonNode.Parse("""{ "misses": 2, "firstPause": "00:00:00.5", "longestPause": "00:00:01" }""");
        foreach (var route in json["routes"]!.AsArray()) route!["retry"] = JsonNode.Parse("""{ "firstDelay": "00:00:00.2" }""");
    });

    public Task DisposeAsync()
    {
        _gateways.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_is_shown_as_left_alone_and_gets_every_file_once_when_it_is_back()
    {
        await _gateways.B.KillAsync();
        var files = Enumerable.Range(0, 5).Select(i => _gateways.Temp.File($"f{i}.csv", 1000 + i)).ToArray();
        foreach (var (index, file) in files.Index()) (await _gateways.RunAsync(_gateways.Send(file, "--id", $"f{index}"))).Ended(0);

        await Patience.UntilAsync(StatusAsync, status => status.GetProperty("destinations").EnumerateArray()
            .Any(destination => destination.GetProperty("state").GetString() == "down"));

        await _gateways.B.StartAsync();

        foreach (var (index, _) in files.Index()) await _gateways.UntilAtAAsync($"f{index}", DeliveryState.Delivered);
        Landing.HoldsOnly(_gateways.Landing, files);
        await Patience.UntilAsync(StatusAsync, status => status.GetProperty("destinations").GetArrayLength() == 0
            && status.GetProperty("classes").EnumerateArray().All(item => item.GetProperty("waiting").GetInt64() == 0));
    }

    async Task<JsonElement> StatusAsync()
    {
        var a = _gateways.A;
        using var linkgw = Linkgw.Start(
            _gateways.Temp.Root, Passwords.Environment[Passwords.OfOperator],
            ["operator", "status", "--json", "--server", $"{a.OperatorAddress}", "--trust", a.TlsCertificate, "--user", Operator]);
        return (await linkgw.ResultAsync()).Ended(0).Json.GetProperty("dispatch");
    }
}
