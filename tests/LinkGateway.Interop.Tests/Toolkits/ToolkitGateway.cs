using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.Testing.Files;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// A gateway as a process, with HTTPS and its own certificate, that sample clients of all toolkits hand files in to: the tax system's house
/// files (家屋データ) go to the folder of the vacant-house system; to the registry system there is no route. The example interfaces are in its
/// catalogue: the tax system may look residents up at a receiver of ours (142051) and, made with JAX-WS, at one of SOAP 1.1 (131016) and
/// one of SOAP 1.2 (011002), and may look houses up and report vacant ones at others; whole registers of houses (全件) are pushed to the
/// latter two. Another origin is told what became of its files at a service made with JAX-WS.
/// </summary>
public sealed class ToolkitGateway : IAsyncLifetime
{
    internal const string Origin = "142051-kaoku";
    internal const string Receiver = "142051-akiya";
    internal const string Stranger = "142051-koseki";
    internal const string Notified = "142051-zeimu";
    internal const string Interface = "kaoku-ido";
    internal const string Pushed = "kaoku-zenken";
    internal const string Environment = "test";

    const string PasswordVariable = "KAOKU_PASSWORD";
    const string Impatient = """ "retry": { "firstDelay": "00:00:01" } """;

    // Every toolkit has an inbox of its own: what one leaves behind does not disturb the others.
    static readonly IReadOnlyList<string> Inboxes = [.. ToolkitRequirements.Toolkits.Select(InboxOf)];

    const string Enforced = """ "validation": { "request": "enforce", "response": "enforce" } """;

    readonly TempFolder _temp = new();
    readonly ConcurrentDictionary<string, ToolkitClient> _clients = new();
    readonly ConcurrentDictionary<long, Lazy<string>> _largeFiles = new();
    readonly ConcurrentDictionary<string, LookupClient> _lookups = new();
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

    /// <summary>The resident register of 142051.</summary>
    internal ResidentReceiver Resident { get; } = new();

    /// <summary>Leads to the receivers made with JAX-WS once they run.</summary>
    internal TcpRelay JaxWs { get; } = new();

    /// <summary>Address of the batch service.</summary>
    internal Uri Address => _gateway.DirectAddress;

    /// <summary>Password of the origin.</summary>
    internal string Password => _password;

    /// <summary>What the gateway has logged.</summary>
    internal string Log => _gateway.Log;

    /// <summary>The batch service as the origin sees it by our own client, for what the tests ask about the end of a transfer.</summary>
    internal BatchClient AsOrigin => _gateway.As(Origin, _password);

    /// <summary>The batch service as a participant with an inbox sees it by our own client.</summary>
    internal BatchClient As(string participant) => _gateway.As(participant, _password);

    /// <summary>The participant whose inbox a toolkit's sample fetches from; its password is that of the origin.</summary>
    internal static string InboxOf(string toolkit) => $"inbox-{toolkit}";

    /// <summary>The sample client of a toolkit.</summary>
    /// <param name="toolkit">Its folder in samples/clients.</param>
    internal ToolkitClient Client(string toolkit) => _clients.GetOrAdd(toolkit, name => new ToolkitClient(name, this));

    /// <summary>The sample lookup of a toolkit.</summary>
    /// <param name="toolkit">Its folder in samples/clients.</param>
    internal LookupClient Lookup(string toolkit) => _lookups.GetOrAdd(toolkit, name => new LookupClient(name, this));

    /// <summary>A connection for plain HTTP with the credentials of the origin.</summary>
    internal HttpClient Connect() => GatewayConnections.Create(Address, new ConnectionOptions
    {
        User = Origin,
        Password = _password,
        TrustedServerCertificates = [X509CertificateLoader.LoadCertificateFromFile(_gateway.TlsCertificate)],
    });

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

    public async Task DisposeAsync()
    {
        _gateway.Dispose();
        JaxWs.Dispose();
        await Resident.DisposeAsync();
        _temp.Dispose();
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

    JsonNode Configuration()
    {
        var configuration = Base();
        foreach (var inbox in Inboxes)
        {
            configuration["participants"]!.AsArray().Add(JsonNode.Parse($$"""
                { "id": "{{inbox}}", "credentials": { "basic": { "user": "{{inbox}}", "password": "env:{{PasswordVariable}}" } } }
                """));
            configuration["routes"]!.AsArray().Add(JsonNode.Parse($$"""
                { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{inbox}}", "destination": "inbox" }
                """));
        }
        return configuration;
    }

    JsonNode Base() => JsonNode.Parse($$"""
        {
          "gateway": { "id": "{{_gateway.Id}}", "environment": "{{Environment}}" },
          "data": { "directory": "./data" },
          "listeners": [ { "url": "https://127.0.0.1:0" } ],
          "limits": { "drainTime": "01:00:00" },
          "catalogue": { "folder": {{Json(Path.Combine(Repository.Root, "wsdl", "examples"))}}, "open": true },
          "participants": [
            { "id": "{{Origin}}", "credentials": { "basic": { "user": "{{Origin}}", "password": "env:{{PasswordVariable}}" } } },
            { "id": "{{Notified}}", "credentials": { "basic": { "user": "{{Notified}}", "password": "env:{{PasswordVariable}}" } },
              "notices": { "url": "http://127.0.0.1:{{JaxWs.Port}}/notices" } },
            { "id": "{{Receiver}}", "organisationCode": "142051" },
            { "id": "{{Stranger}}" },
            { "id": "142051-juki", "organisationCode": "142051" },
            { "id": "131016-juki", "organisationCode": "131016" },
            { "id": "011002-juki", "organisationCode": "011002" }
          ],
          "interfaces": [
            { "id": "{{Interface}}" },
            { "id": "{{Pushed}}" },
            { "id": "juki-shokai", "service": { "name": "ResidentLookup", "wsdl": "resident.wsdl", "safe": ["GetResident"] } },
            { "id": "kaoku-shokai", "service": { "name": "HouseLookup", "wsdl": "house.wsdl", "safe": ["GetHouse"] } },
            { "id": "akiya-toroku", "service": { "name": "VacantHouse", "wsdl": "vacant-house.wsdl" } }
          ],
          "destinations": [
            { "id": "landing", "kind": "folder", "path": {{Json(Landing)}} },
            { "id": "inbox", "kind": "inbox", "lease": "00:00:01" },
            { "id": "juki", "kind": "service", "url": "{{Resident.Url}}" },
            { "id": "juki-11", "kind": "service", "url": "http://127.0.0.1:{{JaxWs.Port}}/resident", "soap": "soap11" },
            { "id": "juki-12", "kind": "service", "url": "http://127.0.0.1:{{JaxWs.Port}}/resident12", "soap": "soap12" },
            { "id": "kaoku", "kind": "service", "url": "http://127.0.0.1:{{JaxWs.Port}}/house" },
            { "id": "akiya", "kind": "service", "url": "http://127.0.0.1:{{JaxWs.Port}}/vacant-house" },
            { "id": "files-11", "kind": "receiver", "url": "http://127.0.0.1:{{JaxWs.Port}}/files", "offersStatus": true },
            { "id": "files-12", "kind": "receiver", "url": "http://127.0.0.1:{{JaxWs.Port}}/files12", "soap": "soap12",
              "offersStatus": true }
          ],
          "routes": [
            { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "landing" },
            { "origin": "{{Notified}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "landing" },
            { "origin": "{{Origin}}", "interface": "juki-shokai", "receiver": "142051-juki", "destination": "juki", {{Enforced}} },
            { "origin": "{{Origin}}", "interface": "juki-shokai", "receiver": "131016-juki", "destination": "juki-11", {{Enforced}} },
            { "origin": "{{Origin}}", "interface": "juki-shokai", "receiver": "011002-juki", "destination": "juki-12", {{Enforced}} },
            { "origin": "{{Origin}}", "interface": "kaoku-shokai", "receiver": "{{Receiver}}", "destination": "kaoku", {{Enforced}} },
            { "origin": "{{Origin}}", "interface": "akiya-toroku", "receiver": "{{Receiver}}", "destination": "akiya", {{Enforced}} },
            { "origin": "{{Origin}}", "interface": "{{Pushed}}", "receiver": "131016-juki", "destination": "files-11", {{Impatient}} },
            { "origin": "{{Origin}}", "interface": "{{Pushed}}", "receiver": "011002-juki", "destination": "files-12", {{Impatient}} }
          ]
        }
        """)!;

    static string Json(string text) => JsonValue.Create(text).ToJsonString();
}
