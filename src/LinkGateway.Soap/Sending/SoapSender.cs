using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Sending;

/// <summary>
/// Sends SOAP messages over HTTP/1.1, attachments streamed in flat memory. Safe from any thread, as its client is.
/// </summary>
/// <param name="client">
/// The client, best over a handler of <see cref="SoapHttpHandler"/>; not disposed. Its <see cref="HttpClient.Timeout"/> holds for the
/// whole sending, so set it to infinite for large attachments.
/// </param>
/// <param name="limits">What reading an answer may cost; <see cref="MessageLimits.Default"/> where null.</param>
/// <param name="time">The clock; that of the system where null.</param>
public sealed class SoapSender(HttpClient client, MessageLimits? limits = null, TimeProvider? time = null)
{
    readonly RawSender _sender = new(client);

    /// <summary>Sends a message and reads the answer up to the end of its envelope.</summary>
    /// <param name="address">Where the message goes.</param>
    /// <param name="request">The message; its attachments are released before this returns.</param>
    /// <param name="ct">Cancels the exchange; whether the server acted on it is in doubt then.</param>
    /// <returns>The answer, faults and HTTP errors included; to be disposed.</returns>
    /// <exception cref="SoapTransportException">There was no answer, or none that can be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<SoapResponse> SendAsync(Uri address, SoapRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(request);
        await using var message = OutgoingMessage.Create(request.Version, request.Body,
            OutgoingMessage.HeaderWriter(request.Addressing, request.Headers), request.Attachments, request.Action);
        var raw = ToRaw(address, request, message);
        var answered = false;
        try
        {
            var answer = await _sender.SendAsync(raw, ct);
            answered = true;
            return await SoapResponse.ReadAsync(answer, limits ?? MessageLimits.Default, time ?? TimeProvider.System, ct);
        }
        catch (Exception e) when (e is SoapFormatException or MimeFormatException)
        {
            throw new SoapTransportException(SoapTransportStage.MaybeSent,
                $"The answer of {address.Authority} cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (ct.IsCancellationRequested && e is HttpRequestException or IOException)
        {
            // What breaks while the caller gives up is no news: a source may fail for the same reason, and be first.
            throw new OperationCanceledException(e.Message, e, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // An answer that came before the request's end and broke off may have told of something done.
            var maybe = message.EndReached || answered || raw.AnsweredEarly;
            throw new SoapTransportException(maybe ? SoapTransportStage.MaybeSent : SoapTransportStage.NotSent,
                $"The exchange with {address.Authority} broke: {e.Message}", e);
        }
    }

    static RawRequest ToRaw(Uri address, SoapRequest request, OutgoingMessage message)
    {
        var headers = new List<KeyValuePair<string, string>>(request.HttpHeaders.Count + 2);
        // WS-I BP 1.1 R1109, R2744, R2745: always there and quoted. SOAP 1.2 peers choke on it (pitfall 44).
        if (request.Version == SoapVersion.Soap11)
            headers.Add(new("SOAPAction", $"\"{request.Action}\""));
        headers.Add(new("Accept", $"{request.Version.MediaType()}, {SoapMediaType.Multipart}"));
        headers.AddRange(request.HttpHeaders);
        return new RawRequest
        {
            Address = address,
            ContentType = message.ContentType,
            ContentLength = message.Length,
            Headers = headers,
            WriteAsync = message.WriteToAsync,
            CanRepeat = request.Attachments.Count == 0,
            ExpectContinue = request.ExpectContinue,
        };
    }
}
