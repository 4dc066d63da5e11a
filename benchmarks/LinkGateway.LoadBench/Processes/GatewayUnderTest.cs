using System.Security.Cryptography;
using System.Text.Json;

namespace LinkGateway.LoadBench.Processes;

/// <summary>A real gateway process with a folder of its own.</summary>
sealed class GatewayUnderTest : IDisposable
{
    public const string Origin = "142051-kaoku";
    public const string Receiver = "142051-akiya";
    public const string Password = "bench";

    /// <summary>The interface whose files go into the folder of the last gateway.</summary>
    public const string ToFolder = "kaoku-ido";

    /// <summary>The interface whose files wait in the inbox of the last gateway.</summary>
    public const string ToInbox = "kaoku-fetch";

    /// <summary>Path of the service that is relayed without validation.</summary>
    public const string PlainService = "/services/142051/Lookup";

    /// <summary>Path of the service whose requests and answers are held to the contract.</summary>
    public const string CheckedService = "/services/142051/LookupChecked";

    const string Program = "LinkGateway.Server";
    static readonly Dictionary<string, string> Secrets = new() { ["BENCH_PASSWORD"] = Password };

    readonly string _listeners;
    Child? _process;

    public GatewayUnderTest(string id, string folder)
    {
        (Id, Folder) = (id, Directory.CreateDirectory(folder).FullName);
        Landing = Directory.CreateDirectory(Path.Combine(folder, "landing")).FullName;
        _listeners = Path.Combine(Folder, "data", "listeners.json");
    }

    public string Id { get; }

    public string Folder { get; }

    public string Landing { get; }

    /// <summary>The journal, for rows that are put there before the start.</summary>
    public string JournalFile => Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "data", "journal")).FullName, "journal.db");

    public string Address { get; private set; } = "";

    public Uri Batch => new(Address + "/batch");

    public int ProcessId => _process!.Id;

    public string Key(string name) => Path.Combine(Folder, "data", "keys", name + ".cer");

    public async Task MakeKeysAsync()
    {
        using var keys = Child.Start(Program, ["keys", "--id", Id, "--data", Path.Combine(Folder, "data")]);
        await keys.WaitForAsync(Key("receipt"));
        await keys.WaitForAsync(Key("tls"));
        await Task.Delay(300);
    }

    public async Task StartAsync(GatewaySetup setup)
    {
        var configuration = Path.Combine(Folder, "gateway.json");
        await File.WriteAllTextAsync(configuration, Configuration(setup));
        if (File.Exists(_listeners)) File.Delete(_listeners);
        _process = Child.Start(Program, ["--config", configuration], Secrets);
        await _process.WaitForAsync(_listeners);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(_listeners));
        Address = json.RootElement.GetProperty("listeners")[0].GetString()!.TrimEnd('/');
    }

    /// <summary>Ends it the hard way; it can be started again.</summary>
    public void Stop()
    {
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Waits until the folder holds a file that is published whole.</summary>
    public async Task WaitForFileAsync()
    {
        while (!Directory.EnumerateFiles(Landing, "*.ctl.json").Any()) await Task.Delay(5);
    }

    /// <summary>Waits until nothing more comes into the folder.</summary>
    public async Task WaitUntilQuietAsync()
    {
        for (int before = -1, now = 0; before != now;)
        {
            await Task.Delay(200);
            (before, now) = (now, Directory.EnumerateFiles(Landing).Count());
        }
    }

    /// <summary>Checks that the one file in the folder has the digest.</summary>
    public async Task CheckFileAsync(string sha256)
    {
        await using var file = File.OpenRead(Directory.EnumerateFiles(Landing, "*.csv").Single());
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file)) != sha256)
            throw new InvalidOperationException($"{file.Name} is another file than the one sent.");
    }

    /// <summary>
    /// Removes what lies in folder and spool, so that rounds do not disturb each other. Retention is days; the bench makes room behind the
    /// gateway's back, once nothing is under way.
    /// </summary>
    public void Clear()
    {
        foreach (var file in Directory.GetFiles(Landing)) File.Delete(file);
        foreach (var spool in Directory.GetFiles(Path.Combine(Folder, "data"), "*.bin", SearchOption.AllDirectories))
        {
            // The gateway keeps a number of files open that it may need again; a deleted one would keep its space until it closes it.
            using (var file = new FileStream(spool, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
                file.SetLength(0);
            File.Delete(spool);
        }
    }

    public void Dispose() => Stop();

    string Configuration(GatewaySetup setup)
    {
        var (next, previous) = (setup.Next, setup.Previous);
        var scheme = setup.Https ? "https" : "http";
        var services = setup.Service is null
            ? ""
            : """
              , { "id": "plain", "service": { "name": "Lookup", "wsdl": "lookup.wsdl" } }
              , { "id": "checked", "service": { "name": "LookupChecked", "wsdl": "lookup.wsdl" } }
              """;
        var backend = setup.Service is null ? "" : $$""", { "id": "backend", "kind": "service", "url": "{{setup.Service}}" }""";
        var calls = setup.Service is null ? "" : Call("plain", "off") + Call("checked", "enforce");
        var trusted = new[] { next, previous, setup.Entry }.OfType<GatewayUnderTest>().Distinct()
            .Select(gateway => $$"""{ "gateway": "{{gateway.Id}}", "certificates": [ "{{gateway.Key("receipt")}}" ] }""");
        var forwarder = previous is null ? "" : $$"""
            , { "id": "{{previous.Id}}", "kind": "gateway", "mayForwardFor": [ "{{Origin}}" ], "credentials": {{Credentials(previous.Id)}} }
            """;
        var further = next is null
            ? $$"""
              { "id": "folder", "kind": "folder", "path": "{{Landing}}", "nameTemplate": "{deliveryId}.csv" },
              { "id": "inbox", "kind": "inbox" }
              """
            : $$"""
              { "id": "next", "kind": "gateway", "gateway": "{{next.Id}}", "credentials": {{Credentials(Id)}},
                "url": "https://127.0.0.1:{{setup.NextPort ?? new Uri(next.Address).Port}}/batch",
                "trustedCertificates": [ "{{next.Key("tls")}}" ] }
              """;
        return $$"""
            {
              "gateway": { "id": "{{Id}}", "environment": "test" },
              "data": { "directory": "./data" },
              "soapHost": "{{setup.SoapHost}}",
              "catalogue": { "folder": "{{Path.Combine(AppContext.BaseDirectory, "Contract")}}" },
              "listeners": [ { "url": "{{scheme}}://127.0.0.1:0", "allowPlainHttp": {{(setup.Https ? "false" : "true")}} } ],
              "limits": { "connections": 4000 },
              "receipts": { "trust": [ {{string.Join(", ", trusted)}} ] },
              "participants": [
                { "id": "{{Origin}}", "credentials": {{Credentials(Origin)}} },
                { "id": "{{Receiver}}", "organisationCode": "142051", "credentials": {{Credentials(Receiver)}} } {{forwarder}} ],
              "interfaces": [ { "id": "{{ToFolder}}" }, { "id": "{{ToInbox}}" } {{services}} ],
              "destinations": [ {{further}} {{backend}} ],
              "routes": [
                {{Route(ToFolder, next is null ? "folder" : "next")}},
                {{Route(ToInbox, next is null ? "inbox" : "next")}} {{calls}} ]
            }
            """;
    }

    static string Credentials(string user) => $$"""{ "basic": { "user": "{{user}}", "password": "env:BENCH_PASSWORD" } }""";

    static string Route(string linkageInterface, string destination, string further = "") => $$"""
        { "origin": "{{Origin}}", "interface": "{{linkageInterface}}", "receiver": "{{Receiver}}",
          "destination": "{{destination}}" {{further}} }
        """;

    static string Call(string linkageInterface, string validation) => ", " + Route(
        linkageInterface, "backend", $$""", "validation": { "request": "{{validation}}", "response": "{{validation}}" }""");
}
