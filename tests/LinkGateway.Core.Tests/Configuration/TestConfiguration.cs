using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Tests.Configuration;

/// <summary>A valid configuration with something of everything, to be changed by a test.</summary>
static class TestConfiguration
{
    public static string BasePath { get; } = Path.Combine(Path.GetTempPath(), "gateway");

    const string Text = """
        {
          "gateway": { "id": "gw-a", "environment": "test" },
          "data": { "directory": "./data" },
          "listeners": [{ "url": "https://127.0.0.1:0" }, { "url": "http://127.0.0.1:0" }],
          "receipts": { "trust": [{ "gateway": "gw-b", "certificates": ["gw-b.cer"] }] },
          "participants": [
            { "id": "142051-kaoku", "organisationCode": "142051",
              "credentials": { "basic": { "user": "kaoku", "password": "env:KAOKU" }, "certificates": ["kaoku.cer"] } },
            { "id": "142051-akiya" },
            { "id": "gw-c", "kind": "gateway", "mayForwardFor": ["*"], "mayReceiveFor": ["142051-akiya"],
              "credentials": { "certificates": ["gw-c.cer"] } },
            { "id": "operator", "kind": "operator", "credentials": { "basic": { "user": "op", "password": "env:OP" } } }
          ],
          "interfaces": [
            { "id": "kaoku-ido", "kinds": ["full", "change"],
              "versions": [{ "version": "1.0", "effectiveFrom": "2025-04-01", "effectiveUntil": "2026-06-30" },
                           { "version": "1.1", "effectiveFrom": "2026-04-01" }] }
          ],
          "destinations": [
            { "id": "folder", "kind": "folder", "path": "./out" },
            { "id": "to-gw-b", "kind": "gateway", "url": "https://gw-b.example:8443/batch", "gateway": "gw-b",
              "credentials": { "basic": { "user": "gw-a", "password": "env:GW_B" } } }
          ],
          "routes": [
            { "origin": "142051-kaoku", "interface": "kaoku-ido", "receiver": "142051-akiya", "destination": "to-gw-b" },
            { "origin": "*", "interface": "kaoku-ido", "receiver": "142051-akiya", "destination": "folder" }
          ],
          "limits": {}
        }
        """;

    /// <summary>The result of the configuration after a change.</summary>
    public static ConfigurationResult Parse(Action<JsonNode>? change = null, TestHost? host = null)
    {
        var json = JsonNode.Parse(Text)!;
        change?.Invoke(json);
        return GatewayConfiguration.Parse(json.ToJsonString(), BasePath, host ?? new TestHost());
    }

    /// <summary>The snapshot of the configuration after a change that must be valid.</summary>
    public static ConfigurationSnapshot Snapshot(Action<JsonNode>? change = null, TestHost? host = null)
    {
        var result = Parse(change, host);
        Assert.Empty(result.Errors);
        return result.Snapshot!;
    }

    /// <summary>Asserts that a change makes exactly one error, at a path.</summary>
    public static ConfigurationError SingleError(string path, Action<JsonNode> change, TestHost? host = null)
    {
        var result = Parse(change, host);
        Assert.Null(result.Snapshot);
        var error = Assert.Single(result.Errors);
        Assert.Equal(path, error.Path);
        return error;
    }
}
