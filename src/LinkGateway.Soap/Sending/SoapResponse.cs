using System.IO.Pipelines;
using System.Net;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Sending;

/// <summary>
/// What a server answered. Attachments are still on the wire and are read as they are asked for; disposing ends the exchange, and
/// closes the
/// connection where they were not read to the end.
/// </summary>
public sealed class SoapResponse : IAsyncDisposable
{
    // The least worth reading at once, and the size of the buffers of an attachment that is fetched.
    static readonly StreamPipeReaderOptions PipeOptions = new(bufferSize: 128 * 1024, minimumReadSize: 16 * 1024);

    readonly HttpResponseMessage _http;
    readonly PipeReader? _body;
    readonly SoapMessage? _message;

    SoapResponse(HttpResponseMessage http, PipeReader? body = null, SoapMessage? message = null)
    {
        _http = http;
        _body = body;
        _message = message;
        Fault = message is null ? null : SoapFault.From(message.Envelope);
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status => _http.StatusCode;

    /// <summary>
    /// The envelope; null where the answer is none: an empty one (202), or one that is not SOAP (401, an error page of a proxy).
    /// </summary>
    public SoapEnvelope? Envelope => _message?.Envelope;

    /// <summary>The fault; null where the answer is none, whatever its HTTP status.</summary>
    public SoapFault? Fault { get; }

    /// <summary>Whether the server accepted the message: a 2xx status and no fault.</summary>
    public bool IsSuccess => Fault is null && _http.IsSuccessStatusCode;

    /// <summary>The attachments of the answer; their errors are <see cref="MimeFormatException"/> and <see cref="IOException"/>.</summary>
    public IAttachments Attachments => _message?.Attachments ?? NoAttachments.Instance;

    /// <summary>When the server wants to be asked again; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The value of an HTTP header of the answer, repeated ones joined by comma and blank.</summary>
    /// <param name="name">The header's name.</param>
    /// <returns>The value, or null where the header is absent.</returns>
    public string? HttpHeader(string name) =>
        _http.Headers.TryGetValues(name, out var values) || _http.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>Ends the exchange.</summary>
    /// <returns>A task that completes when the connection is given back or closed.</returns>
    public async ValueTask DisposeAsync()
    {
        _message?.Dispose();
        if (_body is not null)
            await _body.CompleteAsync();
        _http.Dispose();
    }

    internal static async ValueTask<SoapResponse> ReadAsync(
        HttpResponseMessage http, MessageLimits limits, TimeProvider time, CancellationToken ct)
    {
        var retryAfter = http.Headers.RetryAfter is not { } retry ? null : retry.Delta ?? retry.Date - time.GetUtcNow();
        var contentType = http.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        if (!MediaType.TryParse(contentType, out var mediaType) || !SoapMediaType.IsSoap(mediaType))
            return new SoapResponse(http) { RetryAfter = retryAfter };
        var body = PipeReader.Create(await http.Content.ReadAsStreamAsync(ct), PipeOptions);
        try
        {
            var message = await IsEmptyAsync(body, ct) ? null : await SoapMessage.ReadAsync(body, mediaType, limits, ct: ct);
            return new SoapResponse(http, body, message) { RetryAfter = retryAfter };
        }
        catch
        {
            await body.CompleteAsync();
            http.Dispose();
            throw;
        }
    }

    // One-way answers (202) often carry a Content-Type although there is nothing of it.
    static async ValueTask<bool> IsEmptyAsync(PipeReader body, CancellationToken ct)
    {
        var read = await body.ReadAsync(ct);
        body.AdvanceTo(read.Buffer.Start);
        return read.Buffer.IsEmpty && read.IsCompleted;
    }
}
