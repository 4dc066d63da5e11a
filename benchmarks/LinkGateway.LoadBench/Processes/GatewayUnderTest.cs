using System.Text.Json;

namespace LinkGateway.LoadBench.Processes;

/// <summary>A real gateway process with a folder of its own.</summary>
sealed class GatewayUnderTest : IDisposable
{
    public const string Origin = "142051-kaoku";
    public const string Receiver = "142051-akiya";
    public const string Interface = "kaoku-ido";
    public const string Password = "bench";

    /// <summary>Path of the service that is relayed without validation.</summary>
    public const string PlainService = "/services/142051/Lookup";

    /// <summary>Path of the service whose requests and answers are held to the contract.</summary>
    public const string CheckedService = "/services/142051/LookupChecked";

    const string Program = "LinkGateway.Server";
    static readonly Dictionary<string, string> Secrets = new() { ["BENCH_PASSWORD"] = Password };

    Child? _process;

    public GatewayUnderTest(string id, string folder)
    {
        (Id, Folder) = (id, Directory.CreateDirectory(folder).FullName);
        Landing = Directory.CreateDirectory(Path.Combine(folder, "landing")).FullName;
    }

    public string Id { get; }

    public string Folder { get; }

    public string Landing { get; }

    public string Address { get; private set; } = "";

    public int ProcessId => _process!.Id;

    public string Key(string name) => Path.Combine(Folder, "data", "keys", name + ".cer");

    public async Task MakeKeysAsync()
    {
        using var keys = Child.Start(Program, ["keys", "--id", Id, "--data", Path.Combine(Folder, "data")]);
        await keys.WaitForAsync(Key("receipt"));
        await keys.WaitForAsync(Key("tls"));
        await Task.Delay(300);
    }

    /// <summary>Starts it with a folder destination of its own, or forwarding to <paramref name="next"/>.</summary>
    /// <param name="https">Whether its listener speaks TLS.</param>
    /// <param name="next">The gateway to forward to; null: into the folder.</param>
    /// <param name="previous">The gateway that forwards to it; null: none.</param>
    /// <param name="service">The receiver of synchronous calls; null: none.</param>
    public async Task StartAsync(bool https, GatewayUnderTest? next = null, GatewayUnderTest? previous = null, Uri? service = null)
    {
        var configuration = Path.Combine(Folder, "gateway.json");
        await File.WriteAllTextAsync(configuration, Configuration(https, next, previous, service));
        _process = Child.Start(Program, ["--config", configuration], Secrets);
        var listeners = Path.Combine(Folder, "data", "listeners.json");
        await _process.WaitForAsync(listeners);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(listeners));
        Address = json.RootElement.GetProperty("listeners")[0].GetString()!.TrimEnd('/');
    }

    /// <summary>Waits for the delivery and removes what landed, so that rounds do not disturb each other.</summary>
    public async Task ClearAsync()
    {
        while (Directory.GetFiles(Landing, "*.ctl.json") is not [_, ..]) await Task.Delay(100);
        foreach (var file in Directory.GetFiles(Landing)) File.Delete(file);

        // Retention is days; the bench makes room itself, behind the gateway's back, once the delivery is over.
        await Task.Delay(500);
        foreach (var spool in Directory.GetFiles(Path.Combine(Folder, "data"), "*.bin", SearchOption.AllDirectories))
            File.Delete(spool);
    }

    public void Dispose() => _process?.Dispose();

    string Configuration(bool https, GatewayUnderTest? next, GatewayUnderTest? previous, Uri? service)
    {
        var called = service is not null;
        var services = called
            ? """
              , { "id": "plain", "service": { "name": "Lookup", "wsdl": "lookup.wsdl" } }
              , { "id": "checked", "service": { "name": "LookupChecked", "wsdl": "lookup.wsdl" } }
              """
            : "";
        var backend = called ? $$""", { "id": "backend", "kind": "service", "url": "{{service}}" }""" : "";
        var calls = called
            ? $$"""
              , { "origin": "{{Origin}}", "interface": "plain", "receiver": "{{Receiver}}", "destination": "backend",
                  "validation": { "request": "off", "response": "off" } }
              , { "origin": "{{Origin}}", "interface": "checked", "receiver": "{{Receiver}}", "destination": "backend",
                  "validation": { "request": "enforce", "response": "enforce" } }
              """
            : "";
        var trust = next ?? previous;
        var trusted = trust is null ? "" : $$"""{ "gateway": "{{trust.Id}}", "certificates": [ "{{trust.Key("receipt")}}" ] }""";
        var forwarder = previous is null ? "" : $$"""
            , { "id": "{{previous.Id}}", "kind": "gateway", "mayForwardFor": [ "{{Origin}}" ],
                "credentials": { "basic": { "user": "{{previous.Id}}", "password": "env:BENCH_PASSWORD" } } }
            """;
        var destination = next is null
            ? $$"""{ "id": "out", "kind": "folder", "path": "{{Landing}}", "nameTemplate": "{deliveryId}.csv" }"""
            : $$"""
              { "id": "out", "kind": "gateway", "url": "{{next.Address}}/batch", "gateway": "{{next.Id}}",
                "credentials": { "basic": { "user": "{{Id}}", "password": "env:BENCH_PASSWORD" } }, "trustedCertificates": [ "{{next.Key("tls")}}" ] }
              """;
        return $$"""
            {
              "gateway": { "id": "{{Id}}", "environment": "test" },
              "data": { "directory": "./data" },
              "catalogue": { "folder": "{{Path.Combine(AppContext.BaseDirectory, "Contract")}}" },
              "listeners": [ { "url": "{{(https ? "https" : "http")}}://127.0.0.1:0", "allowPlainHttp": {{(https ? "false" : "true")}} } ],
              "receipts": { "trust": [ {{trusted}} ] },
              "participants": [
                { "id": "{{Origin}}", "kind": "system", "credentials": { "basic": { "user": "{{Origin}}", "password": "env:BENCH_PASSWORD" } } },
                { "id": "{{Receiver}}", "kind": "system", "organisationCode": "142051" } {{forwarder}} ],
              "interfaces": [ { "id": "{{Interface}}" } {{services}} ],
              "destinations": [ {{destination}} {{backend}} ],
              "routes": [ { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "out" } {{calls}} ]
            }
            """;
    }
}
