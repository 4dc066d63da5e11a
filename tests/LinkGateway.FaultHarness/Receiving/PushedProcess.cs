using System.Globalization;
using System.Text.Json;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.FaultHarness.Receiving;

/// <summary>
/// The receiving system that files are pushed to: the sample of <c>samples/receivers/dotnet</c>, which stores a file under its identity, so
/// that a file that comes again under the same one is known, and one that comes under another lies there twice.
/// </summary>
sealed class PushedProcess(string folder, string work) : IReceivingSystem
{
    const string PortLine = "port=";

    readonly KnownDigests _digests = new();
    Child? _process;

    /// <summary>Where it listens; 0 while it does not.</summary>
    public int Port
    {
        get
        {
            if (_process is not { HasExited: false } process || !process.Output.StartsWith(PortLine, StringComparison.Ordinal)) return 0;
            return int.Parse(
                process.Output.Split('\n')[0].AsSpan(PortLine.Length), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
    }

    public IReadOnlyList<TakenFile> Taken =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Select(Read)] : [];

    public IEnumerable<string> Leftovers =>
        Directory.EnumerateFiles(folder).Where(path => Path.GetExtension(path) is not (".json" or ".data"));

    public void Start()
    {
        Directory.CreateDirectory(work);
        _process?.Dispose();
        _process = Child.Start("FileReceiver", [folder], work, new Dictionary<string, string>());
    }

    public Task KillAsync() => _process!.KillAsync();

    public void Check()
    {
        if (_process is { HasExited: true }) throw new InvalidOperationException($"The receiver ended: {_process.Errors}");
    }

    public void Dispose() => _process?.Dispose();

    TakenFile Read(string record)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(record));
        return new TakenFile(
            json.RootElement.GetProperty("TransferId").GetString()!,
            json.RootElement.GetProperty("FileName").GetString()!,
            _digests.Of(Path.ChangeExtension(record, ".data")),
            Again: false);
    }
}
