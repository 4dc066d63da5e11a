using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Delivery;

/// <summary>Which chunks the peer holds or is being sent, by index.</summary>
sealed class RemoteHeld(long chunkSize)
{
    readonly HashSet<int> _indexes = [];
    int _from;

    /// <summary>How many it holds or is being sent.</summary>
    public int Count => _indexes.Count;

    /// <summary>Marks the chunks of the ranges as held.</summary>
    public void Add(IEnumerable<ByteRange> ranges)
    {
        foreach (var range in ranges)
        {
            for (var offset = range.Offset; offset < range.End; offset += chunkSize) _indexes.Add((int)(offset / chunkSize));
        }
    }

    /// <summary>Marks the chunks of the ranges as missing after all.</summary>
    public void Remove(IEnumerable<ByteRange> ranges)
    {
        foreach (var range in ranges)
        {
            for (var offset = range.Offset; offset < range.End; offset += chunkSize) _indexes.Remove((int)(offset / chunkSize));
        }

        _from = 0;
    }

    /// <summary>Takes the lowest chunk that <paramref name="isHere"/> and that the peer lacks; null when there is none.</summary>
    public int? TakeNext(int end, Func<int, bool> isHere)
    {
        while (_from < end && _indexes.Contains(_from)) _from++;
        for (var index = _from; index < end; index++)
        {
            if (!_indexes.Contains(index) && isHere(index))
            {
                _indexes.Add(index);
                return index;
            }
        }

        return null;
    }
}
