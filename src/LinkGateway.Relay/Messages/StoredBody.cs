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
/// The body of a message as it came, for Core to take in. What is still on the wire is proved to be whole multipart while it is read, so
/// that a message which breaks off is never stored.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="contentLength">The Content-Length it came with; null where it came in chunks.</param>
sealed class StoredBody(RelayedMessage message, long? contentLength) : IUploadBody, IAsyncDisposable
{
    // As much as the writer may be ahead of Core.
    const int AheadBytes = 1024 * 1024;

    readonly CancellationTokenSource _stopped = new();
    Pipe? _pipe;
    Task _filling = Task.CompletedTask;

    public long? MaximumLength => message.Length(contentLength);

    public ValueTask<PipeReader?> OpenAsync(CancellationToken cancellationToken)
    {
        if (message.IsWhole)
            return new(PipeReader.Create(new ReadOnlySequence<byte>(message.Head)));
        _pipe = new Pipe(new PipeOptions(pauseWriterThreshold: AheadBytes, resumeWriterThreshold: AheadBytes / 2, useSynchronizationContext: false));
        _filling = FillAsync(_pipe.Writer, _stopped.Token);
        return new(_pipe.Reader);
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
        if (_pipe is not null)
            await _pipe.Reader.CompleteAsync();
        await _filling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopped.Dispose();
    }

    async Task FillAsync(PipeWriter output, CancellationToken ct)
    {
        try
        {
            await message.WriteToAsync(output, ct);
            await output.CompleteAsync();
        }
        catch (Exception error) when (error is SoapFormatException or MimeFormatException)
        {
            var broken = new UploadException(FormatRefusals.Of(error), error);
            await output.CompleteAsync(broken);
            throw broken;
        }
        catch (Exception error)
        {
            await output.CompleteAsync(error);
            throw;
        }
    }
}
