using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LinkGateway.Core.Ports;

namespace LinkGateway.Core.Payloads;

/// <summary>One step that every block passes, in order: beside the receiver when a scheduler is given, else in line with it.</summary>
sealed class IntakeStage
{
    // Three blocks in a queue keep both cores busy over a slow write; more only cost memory.
    const int QueuedBlocks = 3;

    readonly Func<IntakeBlock, ValueTask> _work;
    readonly Action<IntakeBlock> _release;
    readonly Channel<IntakeBlock>? _queue;
    readonly Task _worker = Task.CompletedTask;

    public IntakeStage(IScheduler? scheduler, Func<IntakeBlock, ValueTask> work, Action<IntakeBlock> release)
    {
        (_work, _release) = (work, release);
        if (scheduler is null) return;
        _queue = Channel.CreateBounded<IntakeBlock>(new BoundedChannelOptions(QueuedBlocks) { SingleReader = true, SingleWriter = true });
        _worker = scheduler.Run(DrainQueueAsync);
    }

    /// <summary>Hands the block to the stage. Throws what the stage failed with.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask PostAsync(IntakeBlock block, CancellationToken cancellationToken)
    {
        if (_queue is null)
        {
            try
            {
                await _work(block);
            }
            finally
            {
                _release(block);
            }

            return;
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The stage works on whatever becomes of the upload, so the wait ends.
            // One that can be cancelled would allocate for every block.
            await _queue.Writer.WriteAsync(block, CancellationToken.None);
        }
        catch (Exception e)
        {
            _release(block);
            if (e is ChannelClosedException) await _worker;
            throw;
        }
    }

    /// <summary>Waits until every posted block has passed. Throws what the stage failed with.</summary>
    public async Task FinishAsync()
    {
        _queue?.Writer.TryComplete();
        await _worker;
    }

    async Task DrainQueueAsync()
    {
        var reader = _queue!.Reader;
        try
        {
            while (await reader.WaitToReadAsync())
            {
                while (reader.TryRead(out var block))
                {
                    try
                    {
                        await _work(block);
                    }
                    finally
                    {
                        _release(block);
                    }
                }
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (reader.TryRead(out var left)) _release(left);
        }
    }
}
