using System.Diagnostics;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Client.Sending;

/// <summary>The chunks of a file of known size, and which of them the gateway holds. Not thread-safe.</summary>
sealed class ChunkMap
{
    readonly long _size;
    readonly long _chunkSize;
    readonly bool[] _held;

    public ChunkMap(long size, long chunkSize)
    {
        Debug.Assert(size >= 0 && chunkSize > 0, "The gateway's answer was checked.");
        _size = size;
        _chunkSize = chunkSize;
        _held = new bool[checked((int)((size + chunkSize - 1) / chunkSize))];
    }

    public int Count => _held.Length;

    public long HeldBytes => Enumerable.Range(0, Count).Where(index => _held[index]).Sum(LengthOf);

    public long OffsetOf(int index) => index * _chunkSize;

    public long LengthOf(int index) => Math.Min(_chunkSize, _size - OffsetOf(index));

    public bool IsHeld(int index) => _held[index];

    /// <summary>A chunk is held when a range covers the whole of it.</summary>
    public void Hold(ByteRange range)
    {
        for (var index = IndexAt(range.Offset + _chunkSize - 1); index < Count && OffsetOf(index) + LengthOf(index) <= range.End; index++)
            _held[index] = true;
    }

    /// <summary>A chunk is missing when a range touches it.</summary>
    public void Miss(ByteRange range)
    {
        for (var index = IndexAt(range.Offset); index < Count && OffsetOf(index) < range.End; index++) _held[index] = false;
    }

    public void HoldAll() => Array.Fill(_held, true);

    int IndexAt(long offset) => (int)Math.Clamp(offset / _chunkSize, 0, Count);
}
