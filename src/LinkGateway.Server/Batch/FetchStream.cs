using LinkGateway.Core.Inbox;

namespace LinkGateway.Server.Batch;

/// <summary>The bytes that a fetch hands out, as an attachment reads them: forward only, asynchronous only.</summary>
/// <param name="content">The bytes; disposed with the stream.</param>
sealed class FetchStream(InboxContent content) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => content.Result.Length;

    public override long Position
    {
        get => throw new NotSupportedException("The content is read once, forward.");
        set => throw new NotSupportedException("The content is read once, forward.");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        content.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read the content asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The content is read once, forward.");

    public override void SetLength(long value) => throw new NotSupportedException("The content is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The content is read only.");

    public override void Flush()
    {
    }
}
