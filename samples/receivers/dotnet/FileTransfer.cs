using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receiving;

namespace LinkGateway.Samples.FileReceiver;

/// <summary>
/// A file that comes in, as far as memory knows; after a restart its chunks come again. Locked by whoever uses more than its turn.
/// </summary>
sealed class FileTransfer
{
    readonly SortedDictionary<long, long> _held = [];
    long _chunkSize;
    int _attempt;

    /// <summary>Held by whoever makes the file a stored one.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public string? FileName { get; private set; }

    /// <summary>Begins an attempt, by which earlier ones are over.</summary>
    public (int Attempt, IReadOnlyList<ByteRange> Held) Open(long chunkSize, string fileName)
    {
        if (chunkSize != _chunkSize) _held.Clear();
        (_chunkSize, FileName) = (chunkSize, fileName);
        return (++_attempt, [.. _held.Take(1000).Select(chunk => new ByteRange(chunk.Key, chunk.Value))]);
    }

    /// <summary>Refuses an attempt that is over.</summary>
    public void Check(int attempt)
    {
        // Open it again: that is no fault of the file.
        if (attempt != Volatile.Read(ref _attempt)) throw new FileException(ReceiverFault.Busy, "The attempt is over.");
    }

    /// <summary>Notes a chunk that is durable; false where it was held before.</summary>
    public bool Add(long offset, long length) => _held.TryAdd(offset, length);
}
