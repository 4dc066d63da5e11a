using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.EndToEnd.Tests.Delivery;

/// <summary>A partner that is stopped as planned.</summary>
public sealed class PlannedStopTests
{
    [Fact]
    public async Task What_waits_for_the_end_of_a_planned_stop_goes_as_soon_as_the_stop_is_shortened()
    {
        using var gateways = await TwoGateways.StartAsync(changeA: json => json["destinations"]!.AsArray()
            .First(item => (string?)item!["id"] == "to-gw-b")!["maintenance"] =
            JsonNode.Parse("""[{ "from": "2000-01-01T00:00", "to": "8999-01-01T00:00", "text": "移転作業" }]"""));
        var file = gateways.Temp.File("houses.csv", 100_000);
        (await gateways.RunAsync(gateways.Send(file, "--id", "houses"))).Ended(0);
        var status = await Patience.UntilAsync(
            () => gateways.StatusAtAAsync("houses"), status => status.Deliveries is [{ LastErrorCode: "LG-6341" }]);
        var waiting = status.Deliveries[0];
        Assert.Equal((nameof(DeliveryState.Waiting), 0), (waiting.State, waiting.Attempts));
        Assert.Contains("移転作業", waiting.LastErrorText, StringComparison.Ordinal);

        gateways.A.Configure(json =>
        {
            foreach (var destination in json["destinations"]!.AsArray()) destination!.AsObject().Remove("maintenance");
        });
        await gateways.A.ReloadAsync("was reloaded");

        await gateways.UntilAtAAsync("houses", DeliveryState.Delivered);
        Landing.HoldsOnly(gateways.Landing, file);
    }
}
