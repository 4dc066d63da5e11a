using System.Text.Json.Nodes;
using LinkGateway.FaultHarness.Gateways;

namespace LinkGateway.FaultHarness.Scenarios.Nights;

/// <summary>The configurations of the two gateways of a night.</summary>
static class NightConfiguration
{
    const string ByTheLineThatFails = "to-gw-b-2";
    const string Quotas = """{ "concurrentTransfers": 200, "requestsPerSecond": 300 }""";

    /// <summary>The first gateway: knows the eight, forwards their files by one of two lines.</summary>
    public static void Entry(JsonNode configuration, IReadOnlyList<NightParticipant> participants, int portOfLineThatFails)
    {
        var destinations = configuration["destinations"]!.AsArray();
        var second = destinations.Single(one => one!["id"]!.GetValue<string>() == "to-gw-b")!.DeepClone();
        second["id"] = ByTheLineThatFails;
        second["url"] = $"https://127.0.0.1:{portOfLineThatFails}/batch";
        destinations.Add(second);
        foreach (var participant in participants)
        {
            Add(configuration, "participants", $$"""
                { "id": "{{participant.Id}}",
                  "credentials": { "basic": { "user": "{{participant.Id}}", "password": "env:{{FleetConfiguration.OriginPassword}}" } } }
                """);
            if (participant.Misbehaves)
                configuration["participants"]!.AsArray()[^1]!["quotas"] = JsonNode.Parse(Quotas);
            Add(configuration, "participants", $$"""{ "id": "{{participant.Receiver}}" }""");
            Add(configuration, "routes", Route(participant, participant.ByTheLineThatFails ? ByTheLineThatFails : "to-gw-b"));
        }
    }

    /// <summary>The last gateway: a folder for each.</summary>
    public static void Last(JsonNode configuration, IReadOnlyList<NightParticipant> participants, string landing)
    {
        configuration["participants"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == "gw-a")!["mayForwardFor"] =
            new JsonArray("*");
        foreach (var participant in participants)
        {
            var folder = JsonValue.Create(Directory.CreateDirectory(Path.Combine(landing, participant.Id)).FullName).ToJsonString();
            Add(configuration, "participants", $$"""{ "id": "{{participant.Id}}" }""");
            Add(configuration, "participants", $$"""{ "id": "{{participant.Receiver}}" }""");
            Add(configuration, "destinations", $$"""{ "id": "{{participant.Receiver}}", "kind": "folder", "path": {{folder}} }""");
            Add(configuration, "routes", Route(participant, participant.Receiver));
        }
    }

    static string Route(NightParticipant participant, string destination) => $$"""
        { "origin": "{{participant.Id}}", "interface": "{{FleetConfiguration.Interface}}", "receiver": "{{participant.Receiver}}",
          "class": "{{participant.Class}}", "destination": "{{destination}}", "retry": { "firstDelay": "00:00:00.200", "maxDelay": "00:00:05" } }
        """;

    static void Add(JsonNode configuration, string list, string json) => configuration[list]!.AsArray().Add(JsonNode.Parse(json));
}
