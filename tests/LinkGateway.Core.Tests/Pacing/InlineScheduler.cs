using LinkGateway.Core.Ports;
using LinkGateway.Testing.Time;

namespace LinkGateway.Core.Tests.Pacing;

/// <summary>Runs work on the thread that starts it, and what waited on the one that moves the clock: nothing is left to chance.</summary>
sealed class InlineScheduler(ManualTime time) : IScheduler
{
    public Task Run(Func<Task> work) => work();

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        _ = time.CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        return over.Task;
    }
}
