using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.FaultHarness.Receiving;

/// <summary>The receiving system of a folder: see <see cref="Taker"/>.</summary>
sealed class TakerProcess(string folder, string work) : IReceivingSystem
{
    /// <summary>The first argument that makes this program the taker.</summary>
    public const string Verb = "take";

    Child? _process;

    public IReadOnlyList<TakenFile> Taken => Taker.Read(Taker.RecordIn(work));

    public IEnumerable<string> Leftovers => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    public void Start()
    {
        Directory.CreateDirectory(work);
        _process?.Dispose();
        _process = Child.Start("LinkGateway.FaultHarness", [Verb, folder, work], work, new Dictionary<string, string>());
    }

    public Task KillAsync() => _process!.KillAsync();

    public void Check()
    {
        if (_process is { HasExited: true }) throw new InvalidOperationException($"The taker ended: {_process.Errors}");
    }

    public void Dispose() => _process?.Dispose();
}
