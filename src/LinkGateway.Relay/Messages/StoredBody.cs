using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Faults;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Messages;

/// <summary>
/// The body of a message as it came, for Core to take in. A multipart one is proved to be whole while it is read, so that a message which
/// breaks off is never stored.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="mediaType">Its type.</param>
/// <param name="framing">The limits of multipart framing.</param>
/// <param name="contentLength">The Content-Length it came with; null where it came in chunks.</param>
sealed class StoredBody(RelayedMessage message, MediaType mediaType, MultipartOptions framing, long? contentLength)
    : IUploadBody, IAsyncDisposable
{
    static readonly PipeOptions PipeOptions =
        new(pauseWriterThreshold: 512 * 1024, resumeWriterThreshold: 256 * 1024, useSynchronizationContext: false);

    readonly CancellationTokenSource _stopped = new();
    readonly Pipe _taken = new(PipeOptions);
    Task _filling = Task.CompletedTask;

    public long? MaximumLength => message.Length(contentLength);

    public ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken)
    {
        if (!message.IsMultipart)
            return new(PipeReader.Create(new ReadOnlySequence<byte>(message.Head)));
        _filling = FillAsync(_stopped.Token);
        return new(_taken.Reader);
    }

    public async ValueTask<Refusal?> FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _filling.WaitAsync(cancellationToken);
            return null;
        }
        catch (UploadException broken)
        {
            return broken.Refusal;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _taken.Reader.CompleteAsync();
        await _filling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopped.Dispose();
    }

    async Task FillAsync(CancellationToken ct)
    {
        try
        {
            await PassAsync(ct);
            await _taken.Writer.CompleteAsync();
        }
        catch (Exception error) when (error is SoapFormatException or MimeFormatException)
        {
            var broken = new UploadException(FormatRefusals.Of(error), error);
            await _taken.Writer.CompleteAsync(broken);
            throw broken;
        }
        catch (Exception error)
        {
            await _taken.Writer.CompleteAsync(error);
            throw;
        }
    }

    async ValueTask PassAsync(CancellationToken ct)
    {
        var whole = new Pipe(PipeOptions);
        var writing = WriteAsync(whole.Writer, ct);
        try
        {
            await MultipartPassage.RunAsync(whole.Reader, mediaType, framing, _taken.Writer, ct);
        }
        finally
        {
            await whole.Reader.CompleteAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task WriteAsync(PipeWriter output, CancellationToken ct)
    {
        try
        {
            await message.WriteToAsync(output, ct);
            await output.CompleteAsync();
        }
        catch (Exception error)
        {
            await output.CompleteAsync(error);
            throw;
        }
    }
}
