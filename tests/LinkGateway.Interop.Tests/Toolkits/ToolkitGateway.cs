using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// A gateway as a process, with HTTPS and its own certificate, that sample clients of all toolkits hand files in to: the tax system's house
/// files (家屋データ) go to the folder of the vacant-house system; to the registry system there is no route.
/// </summary>
public sealed class ToolkitGateway : IAsyncLifetime
{
    internal const string Origin = "142051-kaoku";
    internal const string Receiver = "142051-akiya";
    internal const string Stranger = "142051-koseki";
    internal const string Interface = "kaoku-ido";
    internal const string Environment = "test";

    const string PasswordVariable = "KAOKU_PASSWORD";

    readonly TempFolder _temp = new();
    readonly ConcurrentDictionary<string, ToolkitClient> _clients = new();
    readonly ConcurrentDictionary<long, Lazy<string>> _largeFiles = new();
    readonly string _password = RandomNumberGenerator.GetHexString(32);
    readonly GatewayProcess _gateway;

    public ToolkitGateway()
    {
        Landing = _temp.Folder("akiya-in");
        CertificateAuthority = Path.Combine(_temp.Root, "gateway.pem");
        _gateway = new GatewayProcess("gw-a", _temp.Folder("gw-a"), new Dictionary<string, string> { [PasswordVariable] = _password });
    }

    /// <summary>Where received files appear.</summary>
    internal string Landing { get; }

    /// <summary>The gateway's certificate in PEM.</summary>
    internal string CertificateAuthority { get; }

    /// <summary>Address of the batch service.</summary>
    internal Uri Address => _gateway.DirectAddress;

    /// <summary>Password of the origin.</summary>
    internal string Password => _password;

    /// <summary>What the gateway has logged.</summary>
    internal string Log => _gateway.Log;

    /// <summary>The batch service as the origin sees it by our own client, for what the tests ask about the end of a transfer.</summary>
    internal BatchClient AsOrigin => _gateway.As(Origin, _password);

    /// <summary>The sample client of a toolkit.</summary>
    /// <param name="toolkit">Its folder in samples/clients.</param>
    internal ToolkitClient Client(string toolkit) => _clients.GetOrAdd(toolkit, name => new ToolkitClient(name, this));

    /// <summary>A folder that goes with the gateway.</summary>
    internal string Folder(string name) => _temp.Folder(name);

    /// <summary>A file of a size, most of it a hole on the disk; its first, middle and last bytes are not zero.</summary>
    internal string LargeFile(long size) => _largeFiles.GetOrAdd(size, _ => new(() => MakeLargeFile(size))).Value;

    public async Task InitializeAsync()
    {
        await _gateway.MakeKeysAsync();
        using (var certificate = X509CertificateLoader.LoadCertificateFromFile(_gateway.TlsCertificate))
            await File.WriteAllTextAsync(CertificateAuthority, certificate.ExportCertificatePem());
        _gateway.Configure(Configuration());
        await _gateway.StartAsync();
    }

    public Task DisposeAsync()
    {
        _gateway.Dispose();
        _temp.Dispose();
        return Task.CompletedTask;
    }

    string MakeLargeFile(long size)
    {
        var path = Path.Combine(_temp.Folder("large"), $"{size}.bin");
        using var file = File.Create(path);
        file.SetLength(size);
        foreach (var offset in new[] { 0, size / 2, size - 4 })
        {
            file.Position = offset;
            file.Write("\r\n--"u8);
        }
        return path;
    }

    JsonNode Configuration() => JsonNode.Parse($$"""
        {
          "gateway": { "id": "{{_gateway.Id}}", "environment": "{{Environment}}" },
          "data": { "directory": "./data" },
          "listeners": [ { "url": "https://127.0.0.1:0" } ],
          "participants": [
            { "id": "{{Origin}}", "credentials": { "basic": { "user": "{{Origin}}", "password": "env:{{PasswordVariable}}" } } },
            { "id": "{{Receiver}}" },
            { "id": "{{Stranger}}" }
          ],
          "interfaces": [ { "id": "{{Interface}}" } ],
          "destinations": [ { "id": "landing", "kind": "folder", "path": {{JsonValue.Create(Landing).ToJsonString()}} } ],
          "routes": [ { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "landing" } ]
        }
        """)!;
}
