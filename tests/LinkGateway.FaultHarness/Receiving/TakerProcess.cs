using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.FaultHarness.Receiving;

/// <summary>The receiving system as a process.</summary>
sealed class TakerProcess(string folder, string work) : IDisposable
{
    /// <summary>The first argument that makes this program the taker.</summary>
    public const string Verb = "take";

    Child? _process;

    /// <summary>What it has taken, over all its lives.</summary>
    public IReadOnlyList<TakenFile> Taken => Taker.Read(Taker.RecordIn(work));

    public void Start()
    {
        Directory.CreateDirectory(work);
        _process?.Dispose();
        _process = Child.Start("LinkGateway.FaultHarness", [Verb, folder, work], work, new Dictionary<string, string>());
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>An error of the taker itself would pass for a loss.</summary>
    public void Check()
    {
        if (_process is { HasExited: true }) throw new InvalidOperationException($"The taker ended: {_process.Errors}");
    }

    public void Dispose() => _process?.Dispose();
}
