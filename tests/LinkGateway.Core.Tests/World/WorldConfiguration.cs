using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Tests.Configuration;

namespace LinkGateway.Core.Tests.World;

/// <summary>The configuration of a world: an origin, two receivers, gateways that trust each other, and a folder for everything.</summary>
static class WorldConfiguration
{
    public const string Origin = "142051-kaoku";
    public const string Receiver = "142051-zei";
    public const string OtherReceiver = "142051-akiya";
    public const string Stranger = "131016-juki";
    public const string Operator = "operator";
    public const string Interface = "kaoku-ido";
    public const string Folder = "/out";

    /// <summary>Small enough that a file of some chunks costs nothing.</summary>
    public const int ChunkSize = 64 << 10;

    /// <summary>Files up to this size ride in the journal.</summary>
    public const int InlineBytes = 4 << 10;

    static readonly string[] Gateways = ["gw-a", "gw-b", "gw-c", "gw-d"];

    const string Path = "/gateway/gateway.json";

    public static ConfigurationSource Source(string id, Action<JsonNode>? change, TestHost host)
    {
        Write(id, change, host);
        var result = GatewayConfiguration.Load(Path, host);
        Assert.Empty(result.Errors);
        return new ConfigurationSource(result.Snapshot!, Path, host);
    }

    /// <summary>Writes the file that the next reload reads.</summary>
    public static void Write(string id, Action<JsonNode>? change, TestHost host)
    {
        var json = Build(id);
        change?.Invoke(json);
        host.Files[Path] = json.ToJsonString();
    }

    /// <summary>Sends what goes to <paramref name="receiver"/> to the next gateway instead of the folder.</summary>
    public static void RouteTo(JsonNode json, string gateway, string receiver = Receiver, string? retry = null, int chunksInFlight = 4)
    {
        if (!json["destinations"]!.AsArray().Any(destination => (string?)destination!["id"] == $"to-{gateway}"))
        {
            json["destinations"]!.AsArray().Add(JsonNode.Parse($$"""
                { "id": "to-{{gateway}}", "kind": "gateway", "url": "https://{{gateway}}.example:8443/batch", "gateway": "{{gateway}}",
                  "chunksInFlight": {{chunksInFlight}}, "credentials": { "basic": { "user": "gateway", "password": "env:PASSWORD" } } }
                """));
        }

        var route = json["routes"]!.AsArray().First(candidate => (string?)candidate!["receiver"] == receiver)!;
        route["destination"] = $"to-{gateway}";
        if (retry is not null) route["retry"] = JsonNode.Parse(retry);
    }

    /// <summary>Lets what goes to <paramref name="receiver"/> go by another gateway too, which leads to the same place.</summary>
    public static void AlsoBy(JsonNode json, string gateway, string receiver = Receiver)
    {
        var route = json["routes"]!.AsArray().First(candidate => (string?)candidate!["receiver"] == receiver)!;
        var first = (string)route["destination"]!;
        RouteTo(json, gateway, receiver);
        route["alternates"] = new JsonArray(route["destination"]!.DeepClone());
        route["destination"] = first;
    }

    /// <summary>Gives what goes to <paramref name="receiver"/> a folder of its own as another place.</summary>
    public static void OrTo(JsonNode json, string folder, string receiver = Receiver)
    {
        json["destinations"]!.AsArray().Add(JsonNode.Parse($$"""{ "id": "other-place", "kind": "folder", "path": "{{folder}}" }"""));
        json["routes"]!.AsArray().First(candidate => (string?)candidate!["receiver"] == receiver)!["alternateStores"] =
            new JsonArray("other-place");
    }

    static JsonNode Build(string id)
    {
        var others = Gateways.Where(gateway => gateway != id).ToList();
        var trust = string.Join(", ", others.Select(other => $$"""{ "gateway": "{{other}}", "certificates": ["{{other}}.cer"] }"""));
        var gateways = string.Join(", ", others.Select(other => $$"""{ "id": "{{other}}", "kind": "gateway", "mayForwardFor": ["*"] }"""));
        return JsonNode.Parse($$"""
            {
              "gateway": { "id": "{{id}}", "environment": "test" },
              "data": { "directory": "/data" },
              "listeners": [{ "url": "https://127.0.0.1:0" }],
              "receipts": { "trust": [{{trust}}] },
              "participants": [
                { "id": "{{Origin}}" }, { "id": "{{Receiver}}" }, { "id": "{{OtherReceiver}}" }, { "id": "{{Stranger}}" },
                { "id": "{{Operator}}", "kind": "operator" }, {{gateways}}
              ],
              "interfaces": [
                { "id": "{{Interface}}", "kinds": ["full", "change"],
                  "versions": [{ "version": "1.0", "effectiveFrom": "2025-04-01" }, { "version": "2.0", "effectiveFrom": "2027-04-01" }] }
              ],
              "destinations": [{ "id": "folder", "kind": "folder", "path": "{{Folder}}" }],
              "routes": [
                { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "folder" },
                { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{OtherReceiver}}", "destination": "folder" }
              ],
              "limits": {
                "inlinePayloadBytes": {{InlineBytes}}, "maxChunks": 64,
                "chunkSizeDefault": {{ChunkSize}}, "chunkSizeUndeclared": {{ChunkSize}}
              }
            }
            """)!;
    }
}
