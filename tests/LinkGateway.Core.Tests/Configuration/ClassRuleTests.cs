using System.Text.Json.Nodes;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Orders;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

/// <summary>Classes of deliveries, and how much a destination is given.</summary>
public sealed class ClassRuleTests
{
    [Fact]
    public void There_are_six_classes_unless_the_file_says_otherwise_and_routes_are_ordinary()
    {
        var snapshot = Snapshot();
        Assert.Equal(
            ["life", "emergency-support", "infrastructure", "secondary-support", "production", "wide-area"],
            snapshot.Priorities.In(OperatingMode.Normal).All.Select(item => item.Name));
        Assert.All(snapshot.Routes.All, route => Assert.Equal("production", route.Class));
        Assert.False(snapshot.Priorities.HasUrgent);
    }

    [Fact]
    public void In_a_disaster_what_saves_lives_weighs_more_and_bulk_is_throttled()
    {
        var tables = Snapshot().Priorities;
        var (normal, disaster) = (tables.In(OperatingMode.Normal), tables.In(OperatingMode.Disaster));
        Assert.True(Share(disaster, "life") > Share(normal, "life"));
        Assert.True(Share(disaster, "production") < Share(normal, "production"));
        Assert.Equal((null, 2), (normal.Of("production").Concurrency, disaster.Of("production").Concurrency));

        static double Share(PriorityTable table, string name) => (double)table.Of(name).Weight / table.All.Sum(item => item.Weight);
    }

    [Fact]
    public void A_mode_names_what_it_changes_and_the_rest_stays()
    {
        var disaster = Snapshot(json =>
        {
            json["classes"] = JsonNode.Parse(
                """[{ "name": "production", "weight": 3 }, { "name": "flood" }, { "name": "rest", "weight": 2 }]""");
            json["modes"] = JsonNode.Parse("""{ "disaster": [{ "name": "flood", "weight": 9, "urgent": true }] }""");
        }).Priorities.In(OperatingMode.Disaster);
        Assert.Equal(
            [("flood", 9, true), ("production", 3, false), ("rest", 2, false)],
            disaster.All.Select(item => (item.Name, item.Weight, item.Urgent)));
    }

    [Fact]
    public void A_table_of_ones_own_takes_from_the_built_in_modes_what_it_knows()
    {
        const string Classes = """[{ "name": "mine", "weight": 7 }, { "name": "production" }]""";
        var disaster = Snapshot(json => json["classes"] = JsonNode.Parse(Classes)).Priorities.In(OperatingMode.Disaster);
        Assert.Equal(["production", "mine"], disaster.All.Select(item => item.Name));
        Assert.Equal(7, disaster.Of("mine").Weight);
    }

    [Fact]
    public void There_must_be_the_class_of_routes_that_name_none() => Assert.Contains(
        Parse(json => json["classes"] = JsonNode.Parse("""[{ "name": "mine" }]""")).Errors, error => error.Path == "$.classes");

    [Fact]
    public void Each_class_has_a_name_of_its_own() => SingleError(
        "$.classes[1].name", json => json["classes"] = JsonNode.Parse("""[{ "name": "production" }, { "name": "production" }]"""));

    [Theory]
    [InlineData("weight", 0)]
    [InlineData("weight", 1001)]
    [InlineData("concurrency", 0)]
    public void Weights_and_caps_have_bounds(string setting, int value) => SingleError($"$.classes[0].{setting}", json =>
    {
        json["classes"] = JsonNode.Parse("""[{ "name": "production" }]""");
        json["classes"]![0]![setting] = value;
    });

    [Fact]
    public void A_mode_names_classes_that_there_are() => SingleError(
        "$.modes.recovery[0].name", json => json["modes"] = JsonNode.Parse("""{ "recovery": [{ "name": "unknown" }] }"""));

    [Fact]
    public void A_route_names_a_class_that_there_is() =>
        SingleError("$.routes[0].class", json => json["routes"]![0]!["class"] = "unknown");

    [Fact]
    public void A_route_carries_at_least_one_at_a_time() =>
        SingleError("$.routes[0].concurrency", json => json["routes"]![0]!["concurrency"] = 0);

    [Theory]
    [InlineData("concurrency", "0")]
    [InlineData("drain", "0")]
    [InlineData("drain", "1001")]
    [InlineData("outage.misses", "0")]
    [InlineData("outage.credit", "0")]
    [InlineData("outage.credit", "1.1")]
    [InlineData("outage.firstPause", "\"00:00:00\"")]
    [InlineData("outage.firstPause", "\"2.00:00:00\"")]
    [InlineData("outage.longestPause", "\"00:00:01\"")]
    public void What_a_destination_is_given_has_bounds(string setting, string value)
    {
        var errors = Parse(json =>
        {
            var destination = json["destinations"]![0]!;
            var names = setting.Split('.');
            if (names.Length == 2) destination[names[0]] = new JsonObject { [names[1]] = JsonNode.Parse(value) };
            else destination[setting] = JsonNode.Parse(value);
        }).Errors;
        Assert.Contains(errors, error => error.Path == $"$.destinations[0].{setting}");
    }

    [Fact]
    public void Workers_for_what_is_urgent_have_bounds() =>
        SingleError("$.limits.urgentWorkers", json => (json["limits"] ??= new JsonObject())["urgentWorkers"] = -1);
}
