using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Operators;

/// <summary>A receiver has lost a file: an operator replays it, at the entry gateway or at the last one.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    const string Operator = "touban";
    const string Reason = "the receiver lost its disk";

    TwoGateways _gateways = null!;

    public async Task InitializeAsync() => _gateways = await TwoGateways.StartAsync(
        WithOperator,
        json =>
        {
            WithOperator(json);
            json["destinations"]![0]!["onExists"] = "number";
        });

    public Task DisposeAsync()
    {
        _gateways.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_copy_comes_over_both_gateways_with_its_number_and_receipts_of_its_own()
    {
        var file = _gateways.Temp.File("lost.csv", 300_000);
        await DeliverAsync(file, "lost");

        var plan = (await ReplayAsync(_gateways.A, "--of", Configurations.Origin, "--state", "Delivered", "--from", "2020-01-01"))
            .Ended(0).Json;
        Assert.Equal((true, 1, 0), (Flag(plan, "dryRun"), Number(plan, "copies"), Number(plan, "continues")));
        Assert.Equal(["lost.csv", "lost.csv.ctl.json"], Landing.Names(_gateways.Landing));
        var delivery = plan.GetProperty("entries")[0].GetProperty("deliveryId").GetString()!;

        (await ReplayAsync(_gateways.A, delivery, "--go", "--order-id", "night-7")).Ended(0);
        (await ReplayAsync(_gateways.A, delivery, "--go", "--order-id", "night-7")).Ended(0);

        await Patience.UntilAsync(
            () => _gateways.StatusAtAAsync("lost"),
            status => status.Deliveries.Count(item => item is { Replay: 1, State: nameof(DeliveryState.Delivered) }) == 1);
        Assert.Equal(
            ["lost (2).csv", "lost (2).csv.ctl.json", "lost.csv", "lost.csv.ctl.json"], Landing.Names(_gateways.Landing));
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(_gateways.Landing, "lost (2).csv")));
        Assert.Equal(1, ReplayIn("lost (2).csv"));
        var receipts = await _gateways.ReceiptsAsync("lost");
        Assert.Equal(
            [("gw-b", "accepted"), ("gw-b", "delivered")],
            receipts.Where(receipt => receipt.Replay == 1).Select(receipt => (receipt.Issuer, receipt.Kind)));
        // The order is done in a step of its own behind the last copy.
        var shown = await Patience.UntilAsync(
            async () => (await RunAsync(_gateways.A, "operator", "replays", "night-7", "--json")).Ended(0).Json.GetProperty("order"),
            order => order.GetProperty("state").GetString() == "done");
        Assert.Equal(1, Number(shown, "copied"));
    }

    [Fact]
    public async Task A_copy_that_is_ordered_beside_the_receiver_is_receipted_to_the_origin_and_survives_a_kill()
    {
        var file = _gateways.Temp.File("near.csv", 1000);
        await DeliverAsync(file, "near");
        var atB = Assert.Single((await _gateways.StatusAtBAsync("near")).Deliveries);

        (await ReplayAsync(_gateways.B, atB.DeliveryId, "--go")).Ended(0);
        await _gateways.B.KillAsync();
        await _gateways.B.StartAsync();

        await Patience.UntilAsync(
            () => _gateways.StatusAtAAsync("near"),
            status => status.Deliveries.Count(item => item is { Replay: 1, State: nameof(DeliveryState.Delivered) }) == 1);
        Assert.Equal(1, ReplayIn("near (2).csv"));
        Assert.Equal(4, Landing.Names(_gateways.Landing).Count);
    }

    static void WithOperator(JsonNode json)
    {
        json["operator"] = JsonNode.Parse("""{ "listeners": [{ "url": "https://127.0.0.1:0" }] }""");
        json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "{{Operator}}", "kind": "operator",
              "credentials": { "basic": { "user": "{{Operator}}", "password": "env:{{Passwords.OfOperator}}" } } }
            """));
    }

    async Task DeliverAsync(string file, string id)
    {
        (await _gateways.RunAsync(_gateways.Send(file, "--id", id))).Ended(0);
        await _gateways.UntilAtAAsync(id, DeliveryState.Delivered);
    }

    int ReplayIn(string name)
    {
        using var control = JsonDocument.Parse(File.ReadAllText(Path.Combine(_gateways.Landing, name + ".ctl.json")));
        return control.RootElement.GetProperty("replay").GetInt32();
    }

    Task<LinkgwResult> ReplayAsync(GatewayProcess gateway, params string[] more) =>
        RunAsync(gateway, ["replay", .. more, "--reason", Reason, "--json"]);

    async Task<LinkgwResult> RunAsync(GatewayProcess gateway, params string[] command)
    {
        string[] arguments =
            [.. command, "--server", $"{gateway.OperatorAddress}", "--trust", gateway.TlsCertificate, "--user", Operator];
        using var linkgw = Linkgw.Start(_gateways.Temp.Root, Passwords.Environment[Passwords.OfOperator], arguments);
        return await linkgw.ResultAsync();
    }

    static bool Flag(JsonElement json, string name) => json.GetProperty(name).GetBoolean();

    static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
