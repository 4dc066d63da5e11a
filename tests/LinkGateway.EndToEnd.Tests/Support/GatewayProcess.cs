using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Testing.Hosts;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>One gateway as a process, with a folder of its own. Others reach it by a relay, whose address outlives the process.</summary>
sealed class GatewayProcess : IDisposable
{
    const string Program = "LinkGateway.Server";

    readonly IReadOnlyDictionary<string, string> _environment;
    readonly List<HttpClient> _connections = [];
    Child? _process;

    public GatewayProcess(string id, string folder, IReadOnlyDictionary<string, string> environment)
    {
        (Id, Folder, _environment) = (id, folder, environment);
        Directory.CreateDirectory(folder);
    }

    public string Id { get; }

    public string Folder { get; }

    public TcpRelay Relay { get; } = new();

    /// <summary>Where it was built; null: beside the tests.</summary>
    public string? From { get; set; }

    /// <summary>The ports of its listeners, in the order of the configuration; empty while it does not run.</summary>
    public IReadOnlyList<int> Ports { get; private set; } = [];

    /// <summary>Id of its process since the last start.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Whether it was started and has ended, in whatever way.</summary>
    public bool HasExited => _process is { HasExited: true };

    /// <summary>Address of its batch service behind the relay.</summary>
    public Uri Address => new($"https://127.0.0.1:{Relay.Port}/batch");

    /// <summary>Address of its batch service itself.</summary>
    public Uri DirectAddress => new($"https://127.0.0.1:{Relay.Target}/batch");

    /// <summary>Address of its listener for operators; null where it has none.</summary>
    public Uri? OperatorAddress { get; private set; }

    /// <summary>The file of its configuration.</summary>
    public string ConfigurationPath => ConfigurationFile;

    /// <summary>The certificate that its receipts are verified with.</summary>
    public string ReceiptCertificate => Path.Combine(DataFolder, "keys", "receipt.cer");

    /// <summary>The certificate that it shows as a server.</summary>
    public string TlsCertificate => Path.Combine(DataFolder, "keys", "tls.cer");

    /// <summary>Its log since its last start.</summary>
    public string Log => _process?.Output ?? "";

    string ConfigurationFile => Path.Combine(Folder, "gateway.json");

    public string DataFolder => Path.Combine(Folder, "data");

    string ListenersFile => Path.Combine(DataFolder, "listeners.json");

    /// <summary>Makes its keys, so that the other side can be told of them before either runs.</summary>
    public async Task MakeKeysAsync()
    {
        using var keys = Child.Start(Program, ["keys", "--id", Id, "--data", DataFolder], Folder, _environment, From);
        if (await keys.ExitAsync() != 0) throw new InvalidOperationException(keys.Errors);
    }

    /// <summary>Writes its configuration anew, for the SOAP host that the tests run on.</summary>
    public void Configure(JsonNode configuration)
    {
        SoapHostUnderTest.Choose(configuration);
        WriteConfiguration(configuration.ToJsonString());
    }

    /// <summary>Changes its configuration file.</summary>
    public void Configure(Action<JsonNode> change)
    {
        var configuration = JsonNode.Parse(File.ReadAllText(ConfigurationFile))!;
        change(configuration);
        Configure(configuration);
    }

    /// <summary>Writes a text as its configuration, whole at once.</summary>
    public void WriteConfiguration(string text)
    {
        File.WriteAllText(ConfigurationFile + ".new", text);
        File.Move(ConfigurationFile + ".new", ConfigurationFile, overwrite: true);
    }

    /// <summary>Starts it, again after a kill, and leads the relay to it once it takes requests.</summary>
    public async Task StartAsync(params string[] options)
    {
        // A killed process could not take it away itself.
        File.Delete(ListenersFile);
        _process?.Dispose();
        _process = Child.Start(Program, ["--config", ConfigurationFile, .. options], Folder, _environment, From);
        await Patience.UntilAsync(() => Task.FromResult(File.Exists(ListenersFile) || _process.HasExited), over => over);
        if (_process.HasExited) throw new InvalidOperationException($"{Id} did not start: {_process.Errors}{_process.Output}");
        using var listeners = JsonDocument.Parse(File.ReadAllBytes(ListenersFile));
        Ports = [.. listeners.RootElement.GetProperty("listeners").EnumerateArray().Select(one => new Uri(one.GetString()!).Port)];
        Relay.Target = Ports[0];
        OperatorAddress = listeners.RootElement.TryGetProperty("operatorListeners", out var operators) && operators.GetArrayLength() > 0
            ? new Uri(operators[0].GetString()!)
            : null;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        Leave();
        await _process!.KillAsync();
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        _process!.Terminate();
        var code = await _process.ExitAsync();
        Leave();
        return code;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        var code = await _process!.ExitAsync();
        Leave();
        return code;
    }

    /// <summary>SIGHUP, and waits for what the log says of it.</summary>
    public async Task ReloadAsync(string said)
    {
        // An earlier reload may have said the same.
        var before = Log.Length;
        _process!.Hangup();
        await Patience.UntilAsync(
            () => Task.FromResult(Log), log => log.IndexOf(said, before, StringComparison.Ordinal) >= 0 || _process.HasExited);
        if (_process.HasExited) throw new InvalidOperationException($"SIGHUP ended {Id}: {_process.Errors}{_process.Output}");
    }

    /// <summary>Its batch service as a participant sees it, past the relay: what the relay holds back or counts is not touched.</summary>
    public BatchClient As(string user, string password) =>
        Client(new ConnectionOptions { User = user, Password = password }, DirectAddress);

    /// <summary>Its batch service as a caller of the relay sees it.</summary>
    public BatchClient BehindRelay(ConnectionOptions caller) => Client(caller, Address);

    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
        _process?.Dispose();
        Relay.Dispose();
    }

    void Leave()
    {
        Ports = [];
        Relay.Target = 0;
    }

    BatchClient Client(ConnectionOptions caller, Uri address)
    {
        var trusting = caller with { TrustedServerCertificates = [X509CertificateLoader.LoadCertificateFromFile(TlsCertificate)] };
        var http = GatewayConnections.Create(address, trusting);
        _connections.Add(http);
        return new BatchClient(http, address);
    }
}
