namespace LinkGateway.Testing.Files;

/// <summary>The bytes of a file, without a name.</summary>
sealed class MemoryFile(int number)
{
    byte[] _bytes = [];
    int _length;

    /// <summary>Identifies the file whatever its name is.</summary>
    public int Number => number;

    public long Length => _length;

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        var end = checked((int)offset + data.Length);
        Grow(end);
        data.CopyTo(_bytes.AsSpan((int)offset));
    }

    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= _length) return 0;
        var count = (int)Math.Min(buffer.Length, _length - offset);
        _bytes.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    /// <summary>Makes the file at least that long, with zeros.</summary>
    public void Grow(int length)
    {
        if (length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 2));
        _length = Math.Max(_length, length);
    }

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public MemoryFile Clone()
    {
        var clone = new MemoryFile(number);
        clone.Write(0, _bytes.AsSpan(0, _length));
        return clone;
    }
}
