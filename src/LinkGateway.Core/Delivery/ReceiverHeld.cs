using LinkGateway.Contract.Identity;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Which chunks a receiving system holds. Its ranges are believed only as far as they cover whole chunks of the file: they are written by
/// a stranger's software.
/// </summary>
sealed class ReceiverHeld(TransferRecord transfer, IReadOnlyList<ChunkRecord> chunks)
{
    readonly HashSet<int> _indexes = [];

    /// <summary>Marks the chunks that the ranges cover.</summary>
    public void Add(IEnumerable<ByteRange> ranges)
    {
        var size = transfer.Size!.Value;
        foreach (var range in ranges)
        {
            if (range.Offset < 0 || range.Length <= 0 || range.Offset >= size) continue;
            var end = range.Length > size - range.Offset ? size : range.Offset + range.Length;
            var first = (int)((range.Offset + transfer.ChunkSize - 1) / transfer.ChunkSize);
            foreach (var chunk in chunks.Skip(first).TakeWhile(chunk => (chunk.Index * transfer.ChunkSize) + chunk.Length <= end))
                _indexes.Add(chunk.Index);
        }
    }

    /// <summary>Whether it holds the chunk.</summary>
    public bool Holds(ChunkRecord chunk) => _indexes.Contains(chunk.Index);
}
