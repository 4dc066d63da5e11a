namespace LinkGateway.Core.Timing;

/// <summary>
/// Tells many waiters that something changed. Take <see cref="Next"/> before looking at the state, then await it: no change is missed.
/// </summary>
/// <remarks>Thread-safe; a pulse allocates one object and blocks nobody.</remarks>
public sealed class AsyncSignal
{
    TaskCompletionSource _next = New();

    /// <summary>Ends at the next pulse.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes everybody who waits.</summary>
    public void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
