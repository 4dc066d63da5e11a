using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Delivery;

/// <summary>Gateway B may only open connections outward: it fetches from gateway A's inbox.</summary>
public sealed class PullTests
{
    const int Size = 5 << 20;

    [Fact]
    public async Task A_file_is_pulled_and_its_receipts_travel_back_though_the_inner_gateway_is_killed_meanwhile()
    {
        using var gateways = await TwoGateways.StartAsync(changeA: OfferToB);
        await gateways.B.StopAsync();
        gateways.B.Configure(configuration => PullFrom(gateways.A, configuration));
        var file = gateways.Temp.File("kaoku.csv", Size);
        (await gateways.RunAsync(gateways.Send(file, "--id", "pulled", "--chunk-size", "65536"))).Ended(0);

        await gateways.B.StartAsync();
        var spool = Path.Combine(gateways.B.DataFolder, "spool");
        await Patience.UntilAsync(
            () => Task.FromResult(Directory.EnumerateFiles(spool, "*", SearchOption.AllDirectories).Any()), begun => begun);
        await gateways.B.KillAsync();
        await gateways.B.StartAsync();

        await gateways.UntilAtAAsync("pulled", DeliveryState.Delivered);
        Landing.HoldsOnly(gateways.Landing, file);
        var receipts = (await gateways.ReceiptsAsync("pulled")).Select(receipt => (receipt.Kind, receipt.Issuer));
        Assert.Equal([("accepted", "gw-a"), ("accepted", "gw-b"), ("delivered", "gw-b")], receipts);
    }

    static void OfferToB(JsonNode a)
    {
        a["destinations"]!.AsArray().Add(JsonNode.Parse("""{ "id": "inbox", "kind": "inbox", "lease": "00:00:05" }"""));
        a["participants"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "gw-b", "kind": "gateway", "mayReceiveFor": [ "{{Configurations.Receiver}}" ],
              "credentials": { "basic": { "user": "gw-b", "password": "env:{{Passwords.OfB}}" } } }
            """));
        a["routes"]!.AsArray().First(route => (string?)route!["receiver"] == Configurations.Receiver)!["destination"] = "inbox";
    }

    static void PullFrom(GatewayProcess a, JsonNode b) => b["pulls"] = JsonNode.Parse($$"""
        [ { "id": "from-a", "url": "{{a.Address}}", "gateway": "gw-a", "chunksInFlight": 1,
            "credentials": { "basic": { "user": "gw-b", "password": "env:{{Passwords.OfB}}" } },
            "trustedCertificates": [ {{JsonValue.Create(a.TlsCertificate).ToJsonString()}} ] } ]
        """);
}
