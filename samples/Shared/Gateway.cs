using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LinkGateway.Samples.Shared;

/// <summary>One gateway as a process, with its own folder: configuration, data, keys and log.</summary>
sealed class Gateway : IDisposable
{
    const string Program = "LinkGateway.Server";
    static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    readonly IReadOnlyDictionary<string, string> _environment;
    Process? _process;

    public Gateway(string id, string folder, IReadOnlyDictionary<string, string> environment)
    {
        (Id, Folder, _environment) = (id, folder, environment);
        Directory.CreateDirectory(folder);
    }

    public string Id { get; }

    public string Folder { get; }

    public string ConfigurationFile => Path.Combine(Folder, "gateway.json");

    public string DataFolder => Path.Combine(Folder, "data");

    public string LogFile => Path.Combine(Folder, "gateway.log");

    /// <summary>The certificate that its receipts are verified with.</summary>
    public string ReceiptCertificate => Path.Combine(DataFolder, "keys", "receipt.cer");

    /// <summary>The certificate that it shows as a server.</summary>
    public string TlsCertificate => Path.Combine(DataFolder, "keys", "tls.cer");

    /// <summary>Its address once it runs.</summary>
    public string Address { get; private set; } = "";

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Makes its keys, so that the other side can be told of them before either runs.</summary>
    public Task MakeKeysAsync(CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(Program, ["keys", "--id", Id, "--data", DataFolder], _environment, cancellationToken);

    /// <summary>Starts it and waits until it takes requests.</summary>
    public async Task StartAsync(string configuration, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(ConfigurationFile, configuration, cancellationToken);
        _process = ChildProcess.Start(Program, ["--config", ConfigurationFile], _environment, LogFile);
        var listeners = Path.Combine(DataFolder, "listeners.json");
        var waited = Stopwatch.StartNew();
        while (!File.Exists(listeners))
        {
            if (_process.HasExited)
                throw new SampleException(
                    $"Gateway {Id} ended with exit code {_process.ExitCode}:\n{await File.ReadAllTextAsync(LogFile, cancellationToken)}");
            if (waited.Elapsed > StartPatience)
                throw new SampleException($"Gateway {Id} did not start within {StartPatience.TotalSeconds:F0} s. See {LogFile}.");
            await Task.Delay(50, cancellationToken);
        }

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(listeners, cancellationToken));
        Address = json.RootElement.GetProperty("listeners")[0].GetString()!.TrimEnd('/');
    }

    /// <summary>The most memory that it has held, in bytes.</summary>
    public long PeakMemory()
    {
        if (_process is null) return 0;
        if (!OperatingSystem.IsLinux())
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }

        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    public void Dispose()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
