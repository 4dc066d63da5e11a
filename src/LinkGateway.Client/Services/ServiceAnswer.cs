using System.Xml.Linq;
using LinkGateway.Client.Batch;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Client.Services;

/// <summary>
/// What came of a call. Attachments of the answer are still on the wire; disposing ends the exchange. One caller at a time.
/// </summary>
public sealed class ServiceAnswer : IAsyncDisposable
{
    readonly SoapResponse? _response;
    readonly TimeSpan _silence;
    readonly TimeProvider _time;
    XElement? _body;

    internal ServiceAnswer(string? messageId, ServiceOutcome outcome, SoapResponse? response, TimeSpan silence, TimeProvider time)
    {
        MessageId = messageId;
        Outcome = outcome;
        _response = response;
        _silence = silence;
        _time = time;
    }

    /// <summary>How the call ended.</summary>
    public ServiceOutcome Outcome { get; }

    /// <summary>The <c>wsa:MessageID</c> that the call bore, to be found in the gateway's records; null where it bore none.</summary>
    public string? MessageId { get; }

    /// <summary>The envelope of the answer, for its headers and for a reader over a large body; null where none came.</summary>
    public SoapEnvelope? Envelope => _response?.Envelope;

    /// <summary>The element inside the answer's <c>Body</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says why.</exception>
    public XElement Body
    {
        get
        {
            if (Outcome is not ServiceOutcome.Answered || Envelope?.BodyName is null)
                throw new InvalidOperationException($"The answer has no body: {Outcome.Reason}");
            if (_body is null)
            {
                using var reader = Envelope.ReadBody();
                _body = (XElement)XNode.ReadFrom(reader);
            }
            return _body;
        }
    }

    /// <summary>The attachments of the answer as they come; nothing here watches for silence.</summary>
    public IAttachments Attachments => _response?.Attachments ?? NoAttachments.Instance;

    /// <summary>The value of an HTTP header of the answer; null where it is absent.</summary>
    public string? HttpHeader(string name) => _response?.HttpHeader(name);

    /// <summary>Copies the attachment that an element of the body refers to; those before it are passed over.</summary>
    /// <param name="reference">The text of that element.</param>
    /// <param name="destination">Where its bytes go; not disposed.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="IOException">The answer broke off, or stood still for too long; what was written is not whole.</exception>
    public async ValueTask<bool> CopyAttachmentAsync(string reference, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var silence = new SilenceWatch(_silence, _time, cancellationToken);
        try
        {
            if (await Attachments.FindAsync(reference, silence.Token) is not { } attachment)
                return false;
            await CopyAsync(attachment, destination, silence, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The answer stood still for longer than {nameof(ServiceClientOptions.SilenceTimeout)} = {_silence}.");
        }
        catch (MimeFormatException e)
        {
            throw new IOException($"The answer broke off: {e.Message}", e);
        }
    }

    /// <summary>Ends the exchange.</summary>
    /// <returns>A task that completes when the connection is given back or closed.</returns>
    public ValueTask DisposeAsync() => _response?.DisposeAsync() ?? ValueTask.CompletedTask;

    static async ValueTask CopyAsync(
        Attachment attachment, Stream destination, SilenceWatch silence, CancellationToken cancellationToken)
    {
        while (true)
        {
            silence.Broken();
            var read = await attachment.Body.ReadAsync(silence.Token);
            // A slow destination is not the gateway's silence.
            silence.Suspend();
            foreach (var piece in read.Buffer)
                await destination.WriteAsync(piece, cancellationToken);
            attachment.Body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }
}
