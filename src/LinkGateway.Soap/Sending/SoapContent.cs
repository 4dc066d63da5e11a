using System.IO.Pipelines;
using System.Net;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Sending;

/// <summary>A message as the content of an HTTP request: written while it is sent, once.</summary>
sealed class SoapContent : HttpContent
{
    // StreamPipeWriter copies into buffers of this size before it writes; large ones mean few system calls and few TLS records.
    static readonly StreamPipeWriterOptions PipeOptions = new(minimumBufferSize: 128 * 1024, leaveOpen: true);

    static readonly ReadOnlyMemory<byte> Padding = new byte[256 * 1024];

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
        var output = new CountingStream(stream);
        var pipe = PipeWriter.Create(output, PipeOptions);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, EarlyAnswer.Current?.Token ?? default);
        try
        {
            await _message.WriteToAsync(pipe, stop.Token);
            await pipe.CompleteAsync();
        }
        catch (OperationCanceledException e) when (EarlyAnswer.Current is { HasBegun: true } && !cancellationToken.IsCancellationRequested)
        {
            await pipe.CompleteAsync(e);
            await PadAsync(stream, _message.Length - output.Written, cancellationToken);
        }
    }

    // The client counts what it was promised; the connection lets it go nowhere.
    static async Task PadAsync(Stream stream, long? missing, CancellationToken cancellationToken)
    {
        for (var left = missing ?? 0; left > 0; left -= Padding.Length)
            await stream.WriteAsync(Padding[..(int)Math.Min(left, Padding.Length)], cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _message.Length.GetValueOrDefault();
        return _message.Length is not null;
    }
}
