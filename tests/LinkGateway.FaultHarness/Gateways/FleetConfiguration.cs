using System.Text.Json.Nodes;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.FaultHarness.Receiving;

namespace LinkGateway.FaultHarness.Gateways;

/// <summary>The configurations of the gateways of a scenario.</summary>
static class FleetConfiguration
{
    public const string Origin = "142051-kaoku";
    public const string Receiver = "142051-akiya";
    public const string Archive = "142051-bunsho";
    public const string Interface = "kaoku-ido";
    public const string OriginPassword = "KAOKU_PASSWORD";
    public const string ReceiverPassword = "AKIYA_PASSWORD";
    public const string Operator = "touban";
    public const string OperatorPassword = "TOUBAN_PASSWORD";

    /// <summary>Takes files in; forwards them, or publishes them in the archive's folder.</summary>
    public static JsonNode Entry(Fleet fleet)
    {
        var (plan, last) = (fleet.Plan, fleet.Last);
        var configuration = Common(fleet, fleet.Entry, last, fleet.Middle);
        Add(configuration, "participants", $$"""
            { "id": "{{Origin}}", "credentials": { "basic": { "user": "{{Origin}}", "password": "env:{{OriginPassword}}" } } }
            """);
        Add(configuration, "participants", $$"""{ "id": "{{Archive}}" }""");
        Add(configuration, "destinations", $$"""{ "id": "archive", "kind": "folder", "path": {{Json(fleet.ArchiveFolder)}} }""");
        Add(configuration, "destinations", ToGateway(fleet.Entry, last, Fleet.AddressOf(fleet.ToLast)));
        if (fleet.Middle is { } middle)
            Add(configuration, "destinations", ToGateway(fleet.Entry, middle, Fleet.AddressOf(fleet.ToMiddle!)));
        Add(configuration, "routes", Route(Archive, "archive", "[]", plan.Attempts));
        var first = fleet.Middle is { } way ? "to-" + way.Id : "to-" + last.Id;
        var alternates = plan.Alternate ? $"""[ "to-{last.Id}" ]""" : "[]";
        Add(configuration, "routes", Route(Receiver, first, alternates, plan.Attempts));
        plan.Entry?.Invoke(configuration);
        return configuration;
    }

    /// <summary>Forwards what the first hands over.</summary>
    public static JsonNode Middle(Fleet fleet)
    {
        var (middle, last) = (fleet.Middle!, fleet.Last);
        var configuration = Common(fleet, middle, fleet.Entry, last);
        Add(configuration, "participants", Forwarder(fleet.Entry));
        Add(configuration, "participants", $$"""{ "id": "{{Origin}}" }""");
        Add(configuration, "destinations", ToGateway(middle, last, Fleet.AddressOf(fleet.MiddleToLast!)));
        Add(configuration, "routes", Route(Receiver, "to-" + last.Id, "[]", fleet.Plan.Attempts));
        return configuration;
    }

    /// <summary>Delivers to the receiver.</summary>
    public static JsonNode Last(Fleet fleet)
    {
        var configuration = Common(fleet, fleet.Last, fleet.Entry, fleet.Middle);
        Add(configuration, "participants", Forwarder(fleet.Entry));
        if (fleet.Middle is { } middle) Add(configuration, "participants", Forwarder(middle));
        Add(configuration, "participants", $$"""{ "id": "{{Origin}}" }""");
        Add(configuration, "destinations", Landing(fleet));
        Add(configuration, "routes", Route(Receiver, "landing", "[]", fleet.Plan.Attempts));
        if (fleet.Plan.Receiver == ReceiverKind.Inbox)
            configuration["participants"]![0]!["credentials"] = Basic(Receiver, ReceiverPassword);
        if (fleet.Plan.Receiver == ReceiverKind.PushedAtMostOnce)
        {
            Add(configuration, "participants", $$"""{ "id": "{{Operator}}", "kind": "operator" }""");
            configuration["participants"]!.AsArray()[^1]!["credentials"] = Basic(Operator, OperatorPassword);
            configuration["operator"] = JsonNode.Parse("""{ "listeners": [ { "url": "https://127.0.0.1:0" } ] }""");
        }
        if (fleet.Plan.DiskOfLast is { } disk)
        {
            configuration["data"]!["journal"] = Path.Combine(disk, "journal");
            configuration["data"]!["spool"] = Path.Combine(disk, "spool");
        }
        fleet.Plan.Last?.Invoke(configuration);
        return configuration;
    }

    static JsonNode Common(Fleet fleet, GatewayProcess self, params GatewayProcess?[] others)
    {
        var trust = others.OfType<GatewayProcess>()
            .Select(other => $$"""{ "gateway": "{{other.Id}}", "certificates": [ {{Json(other.ReceiptCertificate)}} ] }""");
        return JsonNode.Parse($$"""
            {
              "gateway": { "id": "{{self.Id}}", "environment": "test" },
              "data": { "directory": "./data" },
              "listeners": [ { "url": "https://127.0.0.1:0" } ],
              "receipts": { "trust": [ {{string.Join(", ", trust)}} ] },
              "participants": [ { "id": "{{Receiver}}" } ],
              "interfaces": [ { "id": "{{Interface}}" } ],
              "destinations": [],
              "routes": [],
              "limits": {
                "chunkSizeDefault": "{{fleet.Plan.ChunkSize}}", "attachmentSilence": "{{fleet.Plan.Silence}}",
                "deliveryWorkers": {{fleet.Plan.DeliveryWorkers}}
              }
            }
            """)!;
    }

    static string Landing(Fleet fleet) => fleet.Plan.Receiver switch
    {
        ReceiverKind.Folder => $$"""{ "id": "landing", "kind": "folder", "path": {{Json(fleet.ReceiverFolder)}} }""",
        // A receiver killed before it has written down its lease must not keep a run waiting.
        ReceiverKind.Inbox => """{ "id": "landing", "kind": "inbox", "lease": "00:00:10" }""",
        var pushed => $$"""
            { "id": "landing", "kind": "receiver", "url": "http://127.0.0.1:{{fleet.ToReceiver!.Port}}/files",
              "atMostOnce": {{(pushed == ReceiverKind.PushedAtMostOnce ? "true" : "false")}} }
            """,
    };

    static JsonNode Basic(string user, string password) =>
        JsonNode.Parse($$"""{ "basic": { "user": "{{user}}", "password": "env:{{password}}" } }""")!;

    static string ToGateway(GatewayProcess self, GatewayProcess other, Uri address)
    {
        return $$"""
            { "id": "to-{{other.Id}}", "kind": "gateway", "url": "{{address}}", "gateway": "{{other.Id}}",
              "credentials": { "basic": { "user": "{{self.Id}}", "password": "env:{{Fleet.PasswordOf(self.Id)}}" } },
              "trustedCertificates": [ {{Json(other.TlsCertificate)}}, {{Json(Fleet.LineCertificate)}} ] }
            """;
    }

    static string Forwarder(GatewayProcess gateway) => $$"""
        { "id": "{{gateway.Id}}", "kind": "gateway", "mayForwardFor": [ "{{Origin}}" ],
          "credentials": { "basic": { "user": "{{gateway.Id}}", "password": "env:{{Fleet.PasswordOf(gateway.Id)}}" } } }
        """;

    // Shorter delays than the defaults, so that a run need not wait.
    static string Route(string receiver, string destination, string alternates, int attempts) => $$"""
        { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{receiver}}", "destination": "{{destination}}",
          "alternates": {{alternates}},
          "retry": { "attempts": {{attempts}}, "firstDelay": "00:00:00.200", "maxDelay": "00:00:02" } }
        """;

    static void Add(JsonNode configuration, string list, string json) => configuration[list]!.AsArray().Add(JsonNode.Parse(json));

    static string Json(string path) => JsonValue.Create(path).ToJsonString();
}
