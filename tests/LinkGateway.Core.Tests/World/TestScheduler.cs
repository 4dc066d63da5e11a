using LinkGateway.Core.Ports;

namespace LinkGateway.Core.Tests.World;

/// <summary>Runs work beside the caller and waits on the manual clock; knows what still runs.</summary>
sealed class TestScheduler(TimeProvider time) : IScheduler
{
    readonly WorkContext _context = WorkContext.Of(time);
    int _running;

    /// <summary>Pieces of work that have begun and not ended.</summary>
    public int Running => Volatile.Read(ref _running);

    public Task Run(Func<Task> work)
    {
        Interlocked.Increment(ref _running);
        return _context.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        });
    }

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, time, cancellationToken);
}
