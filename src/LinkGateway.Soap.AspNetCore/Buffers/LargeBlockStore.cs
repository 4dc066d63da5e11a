using System.Collections.Concurrent;

namespace LinkGateway.Soap.AspNetCore.Buffers;

/// <summary>
/// The free blocks of all pools of one factory, so that memory given back by one listener serves the others. What is given back beyond the
/// bound is left to the garbage collector: that is how memory falls back after a busy night.
/// </summary>
sealed class LargeBlockStore(int retainedBlocks)
{
    readonly ConcurrentBag<byte[]> _free = [];
    int _count;

    public byte[] Take()
    {
        if (_free.TryTake(out var block))
        {
            Interlocked.Decrement(ref _count);
            return block;
        }
        // Pinned, because sockets and pipes would otherwise pin the block for every operation.
        return GC.AllocateUninitializedArray<byte>(LargeBlockMemoryPool.BlockBytes, pinned: true);
    }

    public void Give(byte[] block)
    {
        if (Interlocked.Increment(ref _count) <= retainedBlocks)
            _free.Add(block);
        else
            Interlocked.Decrement(ref _count);
    }
}
