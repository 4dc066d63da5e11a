using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Pull;

/// <summary>A fetched chunk on its way into the payload store, like the attachment of an upload.</summary>
sealed class FetchedBody(IFetchedContent content) : IUploadBody
{
    public long? MaximumLength => content.Result.Length;

    public ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<PipeReader?>(PipeReader.Create(new Bytes(content), new StreamPipeReaderOptions(bufferSize: 128 << 10)));

    // The end was reported only when all was there.
    public ValueTask<Refusal?> FinishAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Refusal?>(null);

    sealed class Bytes(IFetchedContent content) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await content.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException e)
            {
                throw new UploadException(new Refusal(ErrorCatalogue.MessageBrokeOff, e.Message), e);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
