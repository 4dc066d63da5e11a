using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LinkGateway.LoadBench.Processes;

/// <summary>Ends processes and removes files when the run is broken off from outside.</summary>
static class CleanUp
{
    static readonly ConcurrentDictionary<IDisposable, Action> Owners = new();
    static readonly List<PosixSignalRegistration> Signals = [];

    /// <summary>Lets SIGINT and SIGTERM clean up; they end this process as ever.</summary>
    public static void OnSignals()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            Signals.Add(PosixSignalRegistration.Create(signal, _ => Run()));
    }

    /// <summary>Remembers what an owner would leave behind.</summary>
    public static void Add(IDisposable owner, Action action) => Owners[owner] = action;

    /// <summary>The owner has removed it.</summary>
    public static void Done(IDisposable owner) => Owners.TryRemove(owner, out _);

    static void Run()
    {
        // Processes first: they write into the folders.
        foreach (var (_, remove) in Owners.OrderBy(entry => entry.Key is not Child))
        {
            try
            {
                remove();
            }
            catch (IOException)
            {
                // The scenario, whose processes have gone, removes it at the same time.
            }
        }
    }
}
