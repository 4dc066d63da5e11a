using System.Runtime.CompilerServices;

namespace LinkGateway.Core.Tests.World;

/// <summary>
/// Runs work on the thread pool, and knows whether any is under way: what waits for a clock, a signal or a test is at rest. All who share
/// a clock share it.
/// </summary>
sealed class WorkContext : SynchronizationContext
{
    // Longer, and it is not the machine that is slow.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly ConditionalWeakTable<TimeProvider, WorkContext> Contexts = [];

    int _underWay;

    /// <summary>Whether nobody works.</summary>
    public bool IsAtRest => Volatile.Read(ref _underWay) == 0;

    public static WorkContext Of(TimeProvider time) => Contexts.GetValue(time, static _ => new WorkContext());

    /// <summary>Begins work on the caller's thread; whatever follows its first wait is counted here.</summary>
    public Task Begin(Func<Task> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs work beside the caller.</summary>
    public Task Run(Func<Task> work)
    {
        var begun = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => begun.SetResult(work()), null);
        return begun.Task.Unwrap();
    }

    /// <summary>Waits until nobody works.</summary>
    /// <returns>Whether it came to that; else somebody works for as long as the clock stands.</returns>
    public async Task<bool> RestAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!IsAtRest)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) return false;
            await Task.Delay(1);
        }

        return true;
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback callback, object? state) => throw new NotSupportedException();

    public override void Post(SendOrPostCallback callback, object? state)
    {
        Interlocked.Increment(ref _underWay);
        ThreadPool.QueueUserWorkItem(_ => Do(callback, state));
    }

    void Do(SendOrPostCallback callback, object? state)
    {
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(null);
            Interlocked.Decrement(ref _underWay);
        }
    }
}
