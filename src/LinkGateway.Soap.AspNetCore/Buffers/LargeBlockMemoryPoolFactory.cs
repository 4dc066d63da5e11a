using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace LinkGateway.Soap.AspNetCore.Buffers;

/// <summary>
/// Gives Kestrel blocks of 256 KiB instead of 4 KiB. Kestrel receives at most one block per system call, so a large upload costs a quarter
/// of the processor time with large ones. Thread-safe; its pools share their free blocks.
/// </summary>
/// <remarks>Must be registered after UseKestrel, which otherwise silently wins; <see cref="LargeBlocks"/> does it.</remarks>
public sealed class LargeBlockMemoryPoolFactory : IMemoryPoolFactory<byte>
{
    readonly LargeBlockStore _store;

    /// <summary>Makes a factory.</summary>
    /// <param name="retainedBytes">The most free memory kept for later, in bytes, over all pools; 32 MiB by default.</param>
    public LargeBlockMemoryPoolFactory(int retainedBytes = 32 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(retainedBytes);
        _store = new LargeBlockStore(retainedBytes / LargeBlockMemoryPool.BlockBytes);
    }

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockMemoryPool(_store);
}
