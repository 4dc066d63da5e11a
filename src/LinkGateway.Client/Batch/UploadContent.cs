namespace LinkGateway.Client.Batch;

/// <summary>The bytes of a file or chunk on their way out: their number, and a source that is read as the network takes them.</summary>
/// <param name="length">Number of bytes, 0 or more.</param>
/// <param name="source">Hands out the bytes; called by one caller at a time, never beyond <paramref name="length"/>.</param>
public sealed class UploadContent(long length, ContentSource source)
{
    /// <summary>Number of bytes.</summary>
    public long Length => length;

    /// <summary>Content that lies in memory; the memory must stay as it is until the call is over.</summary>
    public static UploadContent From(ReadOnlyMemory<byte> bytes) => new(bytes.Length, (position, buffer, _) =>
    {
        var piece = bytes[(int)position..];
        if (piece.Length > buffer.Length) piece = piece[..buffer.Length];
        piece.CopyTo(buffer);
        return ValueTask.FromResult(piece.Length);
    });

    /// <summary>A stream over the source that tells of every read, so that a stalled network can be noticed.</summary>
    internal Stream OpenRead(Action onRead) => new ContentStream(length, source, onRead);
}
