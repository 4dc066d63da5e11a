namespace LinkGateway.Core.Ports;

/// <summary>
/// Runs work beside the caller, and waits. The only way by which Core starts anything, so that a simulation can decide the order.
/// </summary>
public interface IScheduler
{
    /// <summary>Starts <paramref name="work"/> beside the caller.</summary>
    /// <returns>A task that ends with the work and carries its exception.</returns>
    Task Run(Func<Task> work);

    /// <summary>Waits on the clock that Core was given.</summary>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken);
}
