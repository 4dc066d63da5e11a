using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinkGateway.Testing.Hosts;

namespace LinkGateway.Server.Tests.Support;

/// <summary>
/// A temporary folder with a gateway.json: kaoku (user kaoku) may send interface kaoku-ido to juki, whose files are published in the
/// folder out; koseki (user koseki) is known and has no route; juki calls with the client certificate juki.cer.
/// </summary>
sealed class GatewayFolder : IDisposable
{
    public const string Password = "correct horse";

    const string Template = """
        {
          "gateway": { "id": "gw-test", "environment": "test" },
          "data": { "directory": "data" },
          "listeners": [
            { "url": "https://127.0.0.1:0" },
            { "url": "http://127.0.0.1:0" }
          ],
          "participants": [
            { "id": "kaoku", "credentials": { "basic": { "user": "kaoku", "password": "file:password" } } },
            { "id": "koseki", "credentials": { "basic": { "user": "koseki", "password": "file:password" } } },
            { "id": "juki", "credentials": { "certificates": ["juki.cer"] } }
          ],
          "interfaces": [ { "id": "kaoku-ido" } ],
          "destinations": [ { "id": "juki-folder", "kind": "folder", "path": "out" } ],
          "routes": [ { "origin": "kaoku", "interface": "kaoku-ido", "receiver": "juki", "destination": "juki-folder" } ]
        }
        """;

    public GatewayFolder(Action<JsonNode>? change = null)
    {
        Root = Directory.CreateTempSubdirectory("linkgateway-server-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "out"));
        File.WriteAllText(Path.Combine(Root, "password"), Password);
        Juki = MakeCertificate("juki");
        Configure(change);
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string ConfigurationPath => Path.Combine(Root, "gateway.json");

    /// <summary>The client certificate of juki, with its key.</summary>
    public X509Certificate2 Juki { get; }

    /// <summary>Writes gateway.json anew, with a change to the template.</summary>
    public void Configure(Action<JsonNode>? change = null)
    {
        var json = JsonNode.Parse(Template)!;
        change?.Invoke(json);
        SoapHostUnderTest.Choose(json);
        File.WriteAllText(ConfigurationPath, json.ToJsonString());
    }

    /// <summary>Makes a self-signed client certificate and writes NAME.cer.</summary>
    public X509Certificate2 MakeCertificate(string name, int validFromDay = -1, int validToDay = 365)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(validFromDay), now.AddDays(validToDay));
        File.WriteAllText(Path.Combine(Root, name + ".cer"), made.ExportCertificatePem());
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        Juki.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
