namespace LinkGateway.Client.Batch;

/// <summary>Reads a <see cref="ContentSource"/> as a stream: forward only, asynchronous only, of known length.</summary>
sealed class ContentStream(long length, ContentSource source, Action onRead) : Stream
{
    long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("The content is read once, forward.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        onRead();
        var left = length - _position;
        if (left == 0 || buffer.IsEmpty) return 0;
        var read = await source(_position, left < buffer.Length ? buffer[..(int)left] : buffer, cancellationToken);
        if (read <= 0) throw new EndOfStreamException($"The content ended after {_position} of {length} bytes.");
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read the content asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The content is read once, forward.");

    public override void SetLength(long value) => throw new NotSupportedException("The content is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The content is read only.");

    public override void Flush()
    {
    }
}
