namespace LinkGateway.FaultHarness.Receiving;

/// <summary>The receiving system as a process, which may be killed anywhere.</summary>
interface IReceivingSystem : IDisposable
{
    /// <summary>What it has taken, over all its lives.</summary>
    IReadOnlyList<TakenFile> Taken { get; }

    /// <summary>What lies about where nothing may lie once everything has settled.</summary>
    IEnumerable<string> Leftovers { get; }

    /// <summary>Starts it, again where it has ended.</summary>
    void Start();

    /// <summary>SIGKILL.</summary>
    Task KillAsync();

    /// <summary>An error of the receiving system itself would pass for a loss.</summary>
    void Check();
}
