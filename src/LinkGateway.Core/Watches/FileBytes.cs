using LinkGateway.Core.Files;

namespace LinkGateway.Core.Watches;

/// <summary>The first bytes of a file, as many as it had when it was judged to be whole, as a stream.</summary>
sealed class FileBytes(IFileHandle handle, long length) : Stream
{
    long _done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _done;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - _done);
        if (wanted == 0) return 0;
        var read = await handle.ReadAsync(_done, buffer[..wanted], cancellationToken);
        _done += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
