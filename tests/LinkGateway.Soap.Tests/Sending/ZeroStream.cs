namespace LinkGateway.Soap.Sending;

/// <summary>So many bytes, none of which take memory; what is told to happen before each read may throw.</summary>
sealed class ZeroStream(long length, Action? beforeRead = null) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        beforeRead?.Invoke();
        var read = (int)Math.Min(count, length - Position);
        Position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
