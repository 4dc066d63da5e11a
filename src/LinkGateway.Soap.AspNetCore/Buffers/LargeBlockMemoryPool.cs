using System.Buffers;
using System.Runtime.InteropServices;

namespace LinkGateway.Soap.AspNetCore.Buffers;

/// <summary>One listener's view of the shared blocks. Thread-safe.</summary>
sealed class LargeBlockMemoryPool(LargeBlockStore store) : MemoryPool<byte>
{
    public const int BlockBytes = 256 * 1024;

    volatile bool _disposed;

    public override int MaxBufferSize => BlockBytes;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new Block(store, store.Take());
    }

    // Blocks still rented go back to the store, which outlives this pool.
    protected override void Dispose(bool disposing) => _disposed = true;

    /// <summary>A rented block; giving it back twice has no effect, so that one block never serves two renters.</summary>
    sealed class Block(LargeBlockStore store, byte[] array) : IMemoryOwner<byte>
    {
        byte[]? _array = array;

        public Memory<byte> Memory =>
            MemoryMarshal.CreateFromPinnedArray(_array ?? throw new ObjectDisposedException(nameof(Block)), 0, BlockBytes);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _array, null) is { } array)
                store.Give(array);
        }
    }
}
