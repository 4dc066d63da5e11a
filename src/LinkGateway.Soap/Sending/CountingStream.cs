namespace LinkGateway.Soap.Sending;

/// <summary>The connection as the body of a request sees it: counts the bytes, and tells the request how its sending goes.</summary>
sealed class CountingStream(Stream inner, RawRequest request) : Stream
{
    /// <summary>The bytes handed on so far.</summary>
    public long Written { get; private set; }

    /// <summary>Whether the connection, and not the source of the bytes, failed.</summary>
    public bool Failed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return;
        request.EnterWrite();
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
            Written += buffer.Length;
        }
        catch
        {
            Failed = true;
            throw;
        }
        finally
        {
            request.LeaveWrite();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await inner.FlushAsync(cancellationToken);
        }
        catch
        {
            Failed = true;
            throw;
        }
    }

    public override void Flush() => inner.Flush();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Use the asynchronous members.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
