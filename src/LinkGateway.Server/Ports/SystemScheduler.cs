using LinkGateway.Core.Ports;

namespace LinkGateway.Server.Ports;

/// <summary>Runs Core's work on the thread pool and waits on the given clock. Thread-safe.</summary>
/// <param name="time">The clock that Core was given.</param>
public sealed class SystemScheduler(TimeProvider time) : IScheduler
{
    /// <inheritdoc/>
    public Task Run(Func<Task> work) => Task.Run(work);

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, time, cancellationToken);
}
