using System.Text.RegularExpressions;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.FaultHarness.Receiving;

/// <summary>
/// The receiving system of an inbox: <c>linkgw receive --watch</c>. It gives a second file of the same name a number, so that whatever is
/// received twice lies there twice.
/// </summary>
sealed partial class FetcherProcess(string folder, IReadOnlyList<string> connection, string password) : IReceivingSystem
{
    readonly string _into = Path.Combine(folder, "fetched");
    readonly KnownDigests _digests = new();
    Child? _process;

    public IReadOnlyList<TakenFile> Taken =>
        [.. Files(_into).Select(path => new TakenFile(Path.GetFileName(path), OriginalName(path), _digests.Of(path), Again: false))];

    // The state of what was received is forgotten as the last act, after its receipt.
    public IEnumerable<string> Leftovers =>
        Files(Path.Combine(_into, ".linkgw-receive")).Where(path => Path.GetFileName(path) != "lock");

    public void Start()
    {
        Directory.CreateDirectory(_into);
        _process?.Dispose();
        _process = Child.Start(
            "linkgw",
            ["receive", "--into", _into, "--watch", "--on-exists", "number", "--interval", "1s", "--json", .. connection],
            folder,
            new Dictionary<string, string> { ["LINKGW_PASSWORD"] = password });
    }

    public Task KillAsync() => _process!.KillAsync();

    public void Check()
    {
        if (_process is { HasExited: true })
            throw new InvalidOperationException($"linkgw receive ended: {_process.Output}{_process.Errors}");
    }

    public void Dispose() => _process?.Dispose();

    static IEnumerable<string> Files(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];

    static string OriginalName(string path) => Number().Replace(Path.GetFileName(path), "");

    [GeneratedRegex(@" \(\d+\)(?=\.[^.]*$)")]
    private static partial Regex Number();
}
