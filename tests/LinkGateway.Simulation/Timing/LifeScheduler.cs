using LinkGateway.Core.Ports;

namespace LinkGateway.Simulation.Timing;

/// <summary>Core's scheduler in a life: work beside the caller is another piece, waits are virtual.</summary>
sealed class LifeScheduler(Life life) : IScheduler
{
    public async Task Run(Func<Task> work)
    {
        await Task.Yield();
        await work();
    }

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => life.Loop.DelayAsync(delay, cancellationToken);
}
