using System.Text.Json.Nodes;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Configuration;

/// <summary>gateway.json changed while the gateway runs.</summary>
public sealed class ReloadTests
{
    const int Refused = 3;

    [Fact]
    public async Task A_route_added_to_the_file_works_after_SIGHUP_and_a_broken_file_leaves_it_in_force()
    {
        using var gateways = await TwoGateways.StartAsync(changeA: json => json["routes"]!.AsArray().RemoveAt(0));
        var command = gateways.Send(gateways.Temp.File("first.csv", 100_000), "--to", Configurations.Archive, "--wait", "delivered");
        Assert.Contains("LG-3002", (await gateways.RunAsync(command)).Ended(Refused).Output, StringComparison.Ordinal);

        gateways.A.Configure(AddRoute);
        await gateways.A.ReloadAsync("was reloaded");
        (await gateways.RunAsync(command)).Ended(0);

        gateways.A.WriteConfiguration("{ \"gateway\": ");
        await gateways.A.ReloadAsync("was not reloaded");
        var second = gateways.Temp.File("second.csv", 100_000, seed: 2);
        (await gateways.RunAsync(gateways.Send(second, "--to", Configurations.Archive, "--wait", "delivered"))).Ended(0);
        Assert.Equal(["first.csv", "first.csv.ctl.json", "second.csv", "second.csv.ctl.json"], Landing.Names(gateways.Archive));
    }

    static void AddRoute(JsonNode json) => json["routes"]!.AsArray().Add(JsonNode.Parse($$"""
        {
          "origin": "{{Configurations.Origin}}", "interface": "{{Configurations.Interface}}", "receiver": "{{Configurations.Archive}}",
          "destination": "archive"
        }
        """));
}
