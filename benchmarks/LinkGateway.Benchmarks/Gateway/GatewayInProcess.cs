using LinkGateway.Core.Configuration;
using LinkGateway.Server.Hosting;

namespace LinkGateway.Benchmarks.Gateway;

/// <summary>A whole gateway in this process, over plain HTTP on loopback, with its data in memory where the machine allows it.</summary>
sealed class GatewayInProcess : IConfigurationHost, IAsyncDisposable
{
    public const string Origin = "142051-kaoku";
    public const string Receiver = "142051-akiya";
    public const string Interface = "kaoku-ido";
    public const string Password = "bench";

    const string MemoryFolder = "/dev/shm";

    readonly string _folder;
    readonly Uri? _backend;
    GatewayHost? _host;

    GatewayInProcess(Uri? backend)
    {
        var parent = Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath();
        _folder = Directory.CreateDirectory(Path.Combine(parent, $"linkgateway-benchmark-{Guid.NewGuid():N}")).FullName;
        _backend = backend;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_host!.Listeners[0]);

    /// <param name="backend">The receiver of the service Lookup; null: none.</param>
    public static async Task<GatewayInProcess> StartAsync(Uri? backend = null)
    {
        var gateway = new GatewayInProcess(backend);
        var path = Path.Combine(gateway._folder, "gateway.json");
        await File.WriteAllTextAsync(path, gateway.Configuration());
        gateway._host = await GatewayHost.StartAsync(new GatewayHostOptions { ConfigurationPath = path, ConfigurationHost = gateway });
        return gateway;
    }

    /// <summary>Frees the memory that taken-in files lie in. The gateway does so after days.</summary>
    public void RemovePayloads()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*.bin", SearchOption.AllDirectories)) File.Delete(file);
    }

    public byte[] ReadFile(string path) => File.ReadAllBytes(path);

    public string? GetVariable(string name) => name == "BENCH_PASSWORD" ? Password : null;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    string Configuration()
    {
        var lookup = _backend is null ? "" : """, { "id": "lookup", "service": { "name": "Lookup", "wsdl": "lookup.wsdl" } }""";
        var destination = _backend is null ? "" : $$""", { "id": "backend", "kind": "service", "url": "{{_backend}}" }""";
        var route = _backend is null ? "" : $$"""
            , { "origin": "{{Origin}}", "interface": "lookup", "receiver": "{{Receiver}}", "destination": "backend",
                "validation": { "request": "off", "response": "off" } }
            """;
        return $$"""
            {
              "gateway": { "id": "gw-bench", "environment": "test" },
              "data": { "directory": "data" },
              "catalogue": { "folder": "{{Path.Combine(AppContext.BaseDirectory, "Contract")}}" },
              "listeners": [ { "url": "http://127.0.0.1:0", "allowPlainHttp": true } ],
              "participants": [
                { "id": "{{Origin}}", "kind": "system",
                  "credentials": { "basic": { "user": "{{Origin}}", "password": "env:BENCH_PASSWORD" } } },
                { "id": "{{Receiver}}", "kind": "system", "organisationCode": "142051" } ],
              "interfaces": [ { "id": "{{Interface}}" } {{lookup}} ],
              "destinations": [ { "id": "inbox", "kind": "inbox" } {{destination}} ],
              "routes": [
                { "origin": "{{Origin}}", "interface": "{{Interface}}", "receiver": "{{Receiver}}", "destination": "inbox" } {{route}} ]
            }
            """;
    }
}
