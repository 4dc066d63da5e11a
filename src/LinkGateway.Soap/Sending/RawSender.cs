using System.Net;
using System.Runtime.ExceptionServices;

namespace LinkGateway.Soap.Sending;

/// <summary>
/// Sends bodies as they are over HTTP/1.1 and hands out the answer with its body still on the wire. An answer that comes while a large body
/// is still being sent is surfaced. Safe from any thread, as its client is.
/// </summary>
/// <param name="client">The client, best over a handler of <see cref="SoapHttpHandler"/>; not disposed.</param>
public sealed class RawSender(HttpClient client)
{
    /// <summary>Sends a request and waits for the headers of the answer.</summary>
    /// <param name="request">The request, which keeps what became of it.</param>
    /// <param name="ct">Cancels the exchange up to the headers of the answer.</param>
    /// <returns>The answer, of any status; to be disposed.</returns>
    /// <exception cref="HttpRequestException">There was no answer, or none that is HTTP.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="ct"/> was cancelled, or the connection could not be made in time.
    /// </exception>
    public async Task<HttpResponseMessage> SendAsync(RawRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        // A small body is gone before an answer can come.
        if (!request.IsLarge)
            return await ExchangeAsync(request, ct);
        using var early = EarlyAnswer.Watch();
        try
        {
            return await ExchangeAsync(request, ct);
        }
        finally
        {
            request.AnsweredEarly = early.HasBegun;
        }
    }

    async Task<HttpResponseMessage> ExchangeAsync(RawRequest request, CancellationToken ct)
    {
        while (true)
        {
            using var http = ToHttp(request);
            try
            {
                return await client.SendAsync(http, HttpCompletionOption.ResponseHeadersRead, ct);
            }
            catch (HttpRequestException e) when (e.InnerException is SpentConnectionException)
            {
                // Ends: the client drops each such connection when it fails.
                request.Reset();
            }
            catch (Exception) when (request.SourceError is { } source)
            {
                ExceptionDispatchInfo.Throw(source);
            }
        }
    }

    static HttpRequestMessage ToHttp(RawRequest request)
    {
        var http = new HttpRequestMessage(HttpMethod.Post, request.Address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new RawContent(request),
        };
        foreach (var (name, value) in request.Headers)
            if (!http.Headers.TryAddWithoutValidation(name, value))
                http.Content.Headers.TryAddWithoutValidation(name, value);
        if (request.ExpectContinue)
            http.Headers.ExpectContinue = true;
        return http;
    }
}
