using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Retention;

/// <summary>Two gateways of which the last keeps payloads for a moment only.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    const string Operator = "touban";
    const int Size = 1_000_000;

    TwoGateways _gateways = null!;

    public async Task InitializeAsync() => _gateways = await TwoGateways.StartAsync(changeB: json =>
    {
        json["retention"] = JsonNode.Parse("""{ "delivered": "00:00:02", "freeSpaceReserve": "1KiB" }""");
        json["operator"] = JsonNode.Parse("""{ "listeners": [{ "url": "https://127.0.0.1:0" }] }""");
        json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "{{Operator}}", "kind": "operator",
              "credentials": { "basic": { "user": "{{Operator}}", "password": "env:{{Passwords.OfOperator}}" } } }
            """));
    });

    public Task DisposeAsync()
    {
        _gateways.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_payload_goes_after_its_retention_and_what_became_of_it_stays()
    {
        var file = _gateways.Temp.File("short.csv", Size);
        (await _gateways.RunAsync(_gateways.Send(file, "--id", "short", "--wait", "delivered"))).Ended(0);

        var gone = await Patience.UntilAsync(TransferAtBAsync, transfer => transfer.TryGetProperty("payloadRemovedAt", out _));
        await Patience.UntilAsync(() => Task.FromResult(SpooledAt(_gateways.B)), spooled => spooled.Length == 0);

        Assert.StartsWith("00:00:02 after the delivery", gone.GetProperty("payloadRule").GetString(), StringComparison.Ordinal);
        Assert.Equal(nameof(DeliveryState.Delivered), Assert.Single((await _gateways.StatusAtBAsync("short")).Deliveries).State);
        Landing.HoldsOnly(_gateways.Landing, file);
        Assert.Single(SpooledAt(_gateways.A));
        var space = (await RunAsync("status", "--json")).Ended(0).Json.GetProperty("space");
        Assert.Equal(0, space.GetProperty("keptBytes").GetInt64());
        Assert.NotEqual(0, space.GetProperty("freeBytes").GetInt64());
    }

    [Fact]
    public async Task A_payload_that_was_removed_is_not_claimed_after_a_kill_and_its_transfer_is_not_taken_in_again()
    {
        var file = _gateways.Temp.File("again.csv", Size);
        (await _gateways.RunAsync(_gateways.Send(file, "--id", "short", "--wait", "delivered"))).Ended(0);
        await Patience.UntilAsync(TransferAtBAsync, transfer => transfer.TryGetProperty("payloadRemovedAt", out _));

        await _gateways.B.KillAsync();
        await _gateways.B.StartAsync();
        await _gateways.UntilAtAAsync("short", DeliveryState.Delivered);
        (await _gateways.RunAsync(_gateways.Send(file, "--id", "short", "--wait", "delivered"))).Ended(0);

        Assert.Empty(SpooledAt(_gateways.B));
        Landing.HoldsOnly(_gateways.Landing, file);
    }

    static string[] SpooledAt(GatewayProcess gateway) =>
        Directory.GetFiles(Path.Combine(gateway.DataFolder, "spool"), "*.bin", SearchOption.AllDirectories);

    async Task<JsonElement> TransferAtBAsync()
    {
        var shown = (await RunAsync("show", "--of", Configurations.Origin, "--transfer", "short", "--json")).Ended(0).Json;
        return Assert.Single(shown.GetProperty("transfers").EnumerateArray());
    }

    async Task<LinkgwResult> RunAsync(string command, params string[] more)
    {
        string[] toB = ["--server", $"{_gateways.B.OperatorAddress}", "--trust", _gateways.B.TlsCertificate, "--user", Operator];
        using var linkgw = Linkgw.Start(
            _gateways.Temp.Root, Passwords.Environment[Passwords.OfOperator], ["operator", command, .. more, .. toB]);
        return await linkgw.ResultAsync();
    }
}
