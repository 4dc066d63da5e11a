using System.IO.Pipelines;
using System.Net;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Sending;

/// <summary>A message as the content of an HTTP request: written while it is sent, once.</summary>
sealed class SoapContent : HttpContent
{
    // StreamPipeWriter copies into buffers of this size before it writes; large ones mean few system calls and few TLS records.
    static readonly StreamPipeWriterOptions PipeOptions = new(minimumBufferSize: 128 * 1024, leaveOpen: true);

    readonly OutgoingMessage _message;
    bool _begun;

    public SoapContent(OutgoingMessage message)
    {
        _message = message;
        Headers.TryAddWithoutValidation("Content-Type", message.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // A handler that follows redirects or retries would send the rest of sources that are partly read.
        if (_begun)
            throw new IOException("The message was sent already; its attachments can be read once.");
        _begun = true;
        var pipe = PipeWriter.Create(stream, PipeOptions);
        await _message.WriteToAsync(pipe, cancellationToken);
        await pipe.CompleteAsync();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _message.Length.GetValueOrDefault();
        return _message.Length is not null;
    }
}
