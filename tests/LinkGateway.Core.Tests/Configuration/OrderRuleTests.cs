using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Routing;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public sealed class OrderRuleTests
{
    [Fact]
    public void A_route_keeps_no_order_unless_it_says_so()
    {
        Assert.Equal(RouteOrder.None, RouteOf(_ => { }).Order);
        Assert.Equal(RouteOrder.Interface, RouteOf(json => json["routes"]![1]!["order"] = "interface").Order);
        Assert.Equal(RouteOrder.Group, RouteOf(json => json["routes"]![1]!["order"] = "group").Order);
    }

    [Fact]
    public void Order_is_kept_by_the_gateway_that_delivers() =>
        SingleError("$.routes[0].order", json => json["routes"]![0]!["order"] = "interface");

    [Fact]
    public void No_other_way_leads_past_the_order() => SingleError("$.routes[1].order", json =>
    {
        json["routes"]![1]!["order"] = "group";
        json["routes"]![1]!["alternateStores"] = new JsonArray("to-gw-b");
    });

    static Route RouteOf(Action<JsonNode> change) =>
        Snapshot(change).Routes.Resolve("131016-juki", "kaoku-ido", "142051-akiya")!;
}
