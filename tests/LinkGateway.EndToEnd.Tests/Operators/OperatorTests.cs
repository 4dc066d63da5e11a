using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Operators;

/// <summary>A night at gateway B, with <c>linkgw operator</c> alone.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    const string Operator = "touban";
    const int Usage = 2;
    const int Refused = 3;

    TwoGateways _gateways = null!;

    public async Task InitializeAsync() => _gateways = await TwoGateways.StartAsync(changeB: json =>
    {
        json["operator"] = JsonNode.Parse("""{ "listeners": [{ "url": "https://127.0.0.1:0" }] }""");
        json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "{{Operator}}", "kind": "operator",
              "credentials": { "basic": { "user": "{{Operator}}", "password": "env:{{Passwords.OfOperator}}" } } }
            """));
        json["routes"]![0]!["order"] = "interface";
    });

    public Task DisposeAsync()
    {
        _gateways.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_file_that_is_held_is_found_tried_dry_and_released_and_its_origin_gets_the_receipt()
    {
        var inTheWay = Path.Combine(_gateways.Landing, "held.csv");
        await File.WriteAllTextAsync(inTheWay, "of yesterday");
        var file = _gateways.Temp.File("held.csv", 100_000);
        (await _gateways.RunAsync(_gateways.Send(file, "--id", "held"))).Ended(0);
        await HeldAtBAsync("held");

        var listed = Assert.Single((await RunAsync("list", "--json")).Ended(0).Json.GetProperty("deliveries").EnumerateArray());
        var id = listed.GetProperty("deliveryId").GetString()!;
        Assert.Equal("LG-6003", listed.GetProperty("reasonCode").GetString());
        Assert.Contains("linkgw operator release", (await RunAsync("show", id)).Ended(0).Output, StringComparison.Ordinal);
        File.Delete(inTheWay);
        (await RunAsync("release", id, "--reason", "file of yesterday moved away", "--dry-run")).Ended(0);
        Assert.Equal("Held", (await DeliveryAtBAsync("held")).State);
        (await RunAsync("release", id, "--reason", "file of yesterday moved away")).Ended(Usage);

        (await RunAsync("release", id, "--reason", "file of yesterday moved away", "--yes")).Ended(0);

        await _gateways.UntilAtAAsync("held", DeliveryState.Delivered);
        Landing.HoldsOnly(_gateways.Landing, file);
        var order = Assert.Single((await RunAsync("orders", "--json")).Ended(0).Json.GetProperty("orders").EnumerateArray());
        Assert.Equal((Operator, "release"), (order.GetProperty("operator").GetString(), order.GetProperty("order").GetString()));
    }

    [Fact]
    public async Task What_an_operator_cancels_at_the_last_gateway_never_lands_and_the_order_outlives_a_kill()
    {
        await File.WriteAllTextAsync(Path.Combine(_gateways.Landing, "unwanted.csv"), "of yesterday");
        var file = _gateways.Temp.File("unwanted.csv", 1000);
        (await _gateways.RunAsync(_gateways.Send(file, "--id", "unwanted"))).Ended(0);
        await HeldAtBAsync("unwanted");
        var delivery = await DeliveryAtBAsync("unwanted");

        (await RunAsync("cancel", delivery.DeliveryId, "--reason", "sent twice by mistake", "--yes")).Ended(0);
        await _gateways.B.KillAsync();
        await _gateways.B.StartAsync();

        Assert.Equal("Cancelled", (await DeliveryAtBAsync("unwanted")).State);
        Assert.Single((await RunAsync("orders", "--json")).Ended(0).Json.GetProperty("orders").EnumerateArray());
        (await RunAsync("release", delivery.DeliveryId, "--reason", "too late", "--yes")).Ended(Refused);
        Assert.Equal(["unwanted.csv"], Landing.Names(_gateways.Landing));
    }

    [Fact]
    public async Task A_file_waits_for_its_turn_over_a_kill_until_an_operator_lets_it_pass()
    {
        await File.WriteAllTextAsync(Path.Combine(_gateways.Landing, "first.csv"), "of yesterday");
        foreach (var name in (string[])["first", "second"])
        {
            (await _gateways.RunAsync(_gateways.Send(_gateways.Temp.File($"{name}.csv", 1000), "--id", name))).Ended(0);
            await HeldAtBAsync(name);
        }

        await _gateways.B.KillAsync();
        await _gateways.B.StartAsync();
        var (first, second) = (await DeliveryAtBAsync("first"), await DeliveryAtBAsync("second"));
        var shown = (await RunAsync("show", second.DeliveryId, "--json")).Ended(0).Json;
        Assert.Equal("LG-6320", shown.GetProperty("delivery").GetProperty("reasonCode").GetString());
        Assert.Equal(first.DeliveryId, shown.GetProperty("waitsFor").GetProperty("deliveryId").GetString());
        (await RunAsync("release", second.DeliveryId, "--reason", "wanted now", "--yes")).Ended(Refused);

        (await RunAsync("pass", second.DeliveryId, "--reason", "the first is of no use any more", "--yes")).Ended(0);

        await _gateways.UntilAtAAsync("second", DeliveryState.Delivered);
        Assert.Equal("Held", (await DeliveryAtBAsync("first")).State);
    }

    [Fact]
    public async Task Nobody_else_reaches_the_operator_api()
    {
        var (b, password) = (_gateways.B, Passwords.Environment[Passwords.OfA]);
        using var gateway = Linkgw.Start(
            _gateways.Temp.Root, password,
            ["operator", "status", "--server", $"{b.OperatorAddress}", "--trust", b.TlsCertificate, "--user", "gw-a"]);

        Assert.Contains("LG-7001", (await gateway.ResultAsync()).Ended(Refused).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_is_checked_by_the_gateway_that_would_use_it()
    {
        var b = _gateways.B;
        (await CheckAsync(b.ConfigurationPath)).Ended(0);
        var changed = JsonNode.Parse(await File.ReadAllTextAsync(b.ConfigurationPath))!;
        changed["destinations"]![0]!["path"] = Path.Combine(_gateways.Temp.Root, "nowhere");
        var path = Path.Combine(_gateways.Temp.Root, "changed.json");
        await File.WriteAllTextAsync(path, changed.ToJsonString());

        Assert.Contains("$.destinations[0].path", (await CheckAsync(path)).Ended(Usage).Errors, StringComparison.Ordinal);
    }

    async Task HeldAtBAsync(string transferId) => await Patience.UntilAsync(
        async () => (await _gateways.AAtB.GetTransferStatusAsync(Question(transferId), CancellationToken.None)).Value?.Deliveries,
        deliveries => deliveries is [{ State: "Held" }]);

    async Task<Contract.Messages.DeliveryStatus> DeliveryAtBAsync(string transferId) =>
        Assert.Single((await _gateways.StatusAtBAsync(transferId)).Deliveries);

    static Contract.Messages.GetTransferStatusRequest Question(string transferId) => new()
    {
        Transfer = new() { Origin = Configurations.Origin, TransferId = transferId, Receiver = Configurations.Receiver },
    };

    Task<LinkgwResult> CheckAsync(string path) => RunLinkgwAsync(["config", "check", path, .. ToB()]);

    Task<LinkgwResult> RunAsync(string command, params string[] more) => RunLinkgwAsync(["operator", command, .. more, .. ToB()]);

    string[] ToB() => ["--server", $"{_gateways.B.OperatorAddress}", "--trust", _gateways.B.TlsCertificate, "--user", Operator];

    async Task<LinkgwResult> RunLinkgwAsync(IEnumerable<string> arguments)
    {
        using var linkgw = Linkgw.Start(_gateways.Temp.Root, Passwords.Environment[Passwords.OfOperator], arguments);
        return await linkgw.ResultAsync();
    }
}
