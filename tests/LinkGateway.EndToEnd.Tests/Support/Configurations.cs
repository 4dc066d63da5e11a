using System.Text.Json.Nodes;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>
/// The configurations of the two gateways. The tax system sends house files (家屋データ): to the vacant-house system by gw-b, to the archive of
/// its own side by gw-a. The registry system is known to gw-a and has no route.
/// </summary>
static class Configurations
{
    public const string Origin = "142051-kaoku";
    public const string Receiver = "142051-akiya";
    public const string Archive = "142051-bunsho";
    public const string Stranger = "142051-koseki";
    public const string Interface = "kaoku-ido";

    /// <summary>Gateway A: takes files in, forwards them to gateway B or publishes them in the archive's folder.</summary>
    public static JsonNode OfA(GatewayProcess a, GatewayProcess b, string archive) => JsonNode.Parse($$"""
        {
          "gateway": { "id": "{{a.Id}}", "environment": "test" },
          "data": { "directory": "./data" },
          "listeners": [ { "url": "https://127.0.0.1:0" } ],
          "receipts": { "trust": [ { "gateway": "{{b.Id}}", "certificates": [ {{Json(b.ReceiptCertificate)}} ] } ] },
          "participants": [
            { "id": "{{Origin}}", "credentials": { "basic": { "user": "{{Origin}}", "password": "env:{{Passwords.OfOrigin}}" } } },
            { "id": "{{Stranger}}", "credentials": { "basic": { "user": "{{Stranger}}", "password": "env:{{Passwords.OfStranger}}" } } },
            { "id": "{{Receiver}}" },
            { "id": "{{Archive}}" }
          ],
          "interfaces": [ { "id": "{{Interface}}" } ],
          "destinations": [
            { "id": "archive", "kind": "folder", "path": {{Json(archive)}} },
            { "id": "to-gw-b", "kind": "gateway", "url": "{{b.Address}}", "gateway": "{{b.Id}}",
              "credentials": { "basic": { "user": "{{a.Id}}", "password": "env:{{Passwords.OfA}}" } },
              "trustedCertificates": [ {{Json(b.TlsCertificate)}} ] }
          ],
          "routes": [
            { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Archive}}", "destination": "archive" },
            { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "to-gw-b",
              "retry": {{Retry}} }
          ]
        }
        """)!;

    /// <summary>Gateway B: publishes what gateway A forwards in the receiver's folder.</summary>
    public static JsonNode OfB(GatewayProcess a, GatewayProcess b, string landing) => JsonNode.Parse($$"""
        {
          "gateway": { "id": "{{b.Id}}", "environment": "test" },
          "data": { "directory": "./data" },
          "listeners": [ { "url": "https://127.0.0.1:0" } ],
          "receipts": { "trust": [ { "gateway": "{{a.Id}}", "certificates": [ {{Json(a.ReceiptCertificate)}} ] } ] },
          "participants": [
            { "id": "{{a.Id}}", "kind": "gateway", "mayForwardFor": [ "{{Origin}}" ],
              "credentials": { "basic": { "user": "{{a.Id}}", "password": "env:{{Passwords.OfA}}" } } },
            { "id": "{{Origin}}" },
            { "id": "{{Receiver}}" }
          ],
          "interfaces": [ { "id": "{{Interface}}" } ],
          "destinations": [ { "id": "landing", "kind": "folder", "path": {{Json(landing)}} } ],
          "routes": [ { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "landing" } ]
        }
        """)!;

    // Shorter than the defaults, so that tests need not wait, and more, so that a slow machine does not use them up.
    const string Retry = """{ "attempts": 1000, "firstDelay": "00:00:00.200", "maxDelay": "00:00:01" }""";

    static string Json(string path) => JsonValue.Create(path).ToJsonString();
}
