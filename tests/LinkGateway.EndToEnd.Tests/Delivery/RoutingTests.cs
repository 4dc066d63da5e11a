using System.Text.Json.Nodes;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Delivery;

/// <summary>Where files go: to several receivers, into a folder whose name is taken, and not in circles.</summary>
public sealed class RoutingTests(SharedGateways shared) : IClassFixture<SharedGateways>
{
    const int Size = 8 << 20;

    readonly TwoGateways _gateways = shared.Both;

    [Fact]
    public async Task One_upload_reaches_a_receiver_at_the_entry_and_one_behind_the_next_gateway()
    {
        var file = _gateways.Temp.File("two.csv", Size);

        var sent = await _gateways.RunAsync(
            _gateways.Send(file, "--to", $"{Configurations.Archive},{Configurations.Receiver}", "--id", "two", "--wait", "delivered"));

        sent.Ended(0);
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(_gateways.Archive, "two.csv")));
        Assert.Equal(TempFolder.Sha256(file), TempFolder.Sha256(Path.Combine(_gateways.Landing, "two.csv")));
        Assert.Equal(
            [("accepted", "gw-a", null), ("accepted", "gw-b", Configurations.Receiver), ("delivered", "gw-a", Configurations.Archive),
                ("delivered", "gw-b", Configurations.Receiver)],
            (await _gateways.ReceiptsAsync("two")).Select(receipt => (receipt.Kind, receipt.Issuer, receipt.Receiver)).Order());
    }

    [Fact]
    public async Task A_file_whose_name_is_taken_is_held_and_status_says_why()
    {
        var file = _gateways.Temp.File("taken.csv", Size);
        await File.WriteAllTextAsync(Path.Combine(_gateways.Archive, "taken.csv"), "not yet taken by the receiver");
        (await _gateways.RunAsync(_gateways.Send(file, "--to", Configurations.Archive, "--id", "taken"))).Ended(0);
        await _gateways.UntilAtAAsync("taken", DeliveryState.Held);

        var status = await _gateways.RunAsync(["status", "taken", .. _gateways.ToA(Configurations.Origin), "--json"]);

        var delivery = Assert.Single(status.Ended(0).Json.GetProperty("deliveries").EnumerateArray());
        Assert.Equal("Held", delivery.GetProperty("state").GetString());
        Assert.Equal("LG-6003", delivery.GetProperty("lastErrorCode").GetString());
        Assert.Contains("taken.csv", delivery.GetProperty("lastErrorText").GetString(), StringComparison.Ordinal);
        Assert.Equal("not yet taken by the receiver", await File.ReadAllTextAsync(Path.Combine(_gateways.Archive, "taken.csv")));
    }

    [Fact]
    public async Task Routes_in_a_circle_are_noticed_and_the_delivery_fails_with_the_file_kept()
    {
        using var gateways = await TwoGateways.StartAsync(
            changeA: json => AddCaller(json, "gw-b", Passwords.OfB));
        gateways.B.Configure(json => LeadBack(json, gateways.A));
        await gateways.B.ReloadAsync("was reloaded");
        var file = gateways.Temp.File("circle.csv", Size);

        (await gateways.RunAsync(gateways.Send(file, "--id", "circle"))).Ended(0);

        await gateways.UntilAtAAsync("circle", DeliveryState.HandedOver);
        var status = await Patience.UntilAsync(() => gateways.StatusAtBAsync("circle"), IsFailed);
        var delivery = Assert.Single(status.Deliveries);
        Assert.Equal("LG-6002", delivery.LastErrorCode);
        Assert.Contains("LG-3004", delivery.LastErrorText, StringComparison.Ordinal);
        Assert.Equal("Accepted", status.State);
        Assert.Equal(Size, status.Held.Sum(range => range.Length));
    }

    static bool IsFailed(TransferStatusResult status) =>
        status.Deliveries.Count > 0 && status.Deliveries.All(delivery => delivery.State == nameof(DeliveryState.Failed));

    static void AddCaller(JsonNode json, string gateway, string password) => json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
        { "id": "{{gateway}}", "kind": "gateway", "mayForwardFor": [ "*" ],
          "credentials": { "basic": { "user": "{{gateway}}", "password": "env:{{password}}" } } }
        """));

    static void LeadBack(JsonNode json, GatewayProcess a)
    {
        json["destinations"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "back", "kind": "gateway", "url": "{{a.Address}}", "gateway": "{{a.Id}}",
              "credentials": { "basic": { "user": "gw-b", "password": "env:{{Passwords.OfB}}" } },
              "trustedCertificates": [ {{JsonValue.Create(a.TlsCertificate).ToJsonString()}} ] }
            """));
        json["routes"]![0]!["destination"] = "back";
    }
}
