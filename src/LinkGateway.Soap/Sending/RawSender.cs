using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace LinkGateway.Soap.Sending;

/// <summary>
/// Sends bodies as they are over HTTP/1.1 and hands out the answer with its body still on the wire. An answer that comes while a large body
/// is still being sent is surfaced. Safe from any thread, as its invoker is.
/// </summary>
/// <param name="invoker">
/// A client, or an invoker, which costs less for each request; best over a handler of <see cref="SoapHttpHandler"/>. Not disposed.
/// </param>
/// <param name="authorization">The credentials to send with each request; null for those of the client, if any.</param>
public sealed class RawSender(HttpMessageInvoker invoker, AuthenticationHeaderValue? authorization = null)
{
    /// <summary>Sends a request and waits for the headers of the answer.</summary>
    /// <param name="request">The request, which keeps what became of it.</param>
    /// <param name="ct">Cancels the exchange up to the headers of the answer.</param>
    /// <returns>The answer, of any status; to be disposed. The body of the request is read no more then, nor after an exception.</returns>
    /// <exception cref="HttpRequestException">There was no answer, or none that is HTTP.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="ct"/> was cancelled, or the connection could not be made in time.
    /// </exception>
    public Task<HttpResponseMessage> SendAsync(RawRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        // A small body is gone before an answer can come.
        return request.IsLarge ? SendWatchedAsync(request, ct) : ExchangeAsync(request, ct);
    }

    async Task<HttpResponseMessage> SendWatchedAsync(RawRequest request, CancellationToken ct)
    {
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
            using var content = new RawContent(request);
            try
            {
                return await ExchangeAsync(request, content, ct);
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<HttpResponseMessage> ExchangeAsync(RawRequest request, RawContent content, CancellationToken ct)
    {
        using var http = ToHttp(request, content);
        try
        {
            // Called like other invokers, a client would gather the answer's body first.
            return await (invoker is HttpClient client
                ? client.SendAsync(http, HttpCompletionOption.ResponseHeadersRead, ct)
                : invoker.SendAsync(http, ct));
        }
        finally
        {
            // After 100 Continue, or without it in time, the client writes in a task of its own, which it leaves behind when the answer
            // breaks; what the body is read from is the caller's again from here on.
            await content.StopAsync();
        }
    }

    HttpRequestMessage ToHttp(RawRequest request, RawContent content)
    {
        var http = new HttpRequestMessage(HttpMethod.Post, request.Address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        foreach (var (name, value) in request.Headers)
            if (!http.Headers.TryAddWithoutValidation(name, value))
                http.Content.Headers.TryAddWithoutValidation(name, value);
        if (authorization is not null)
            http.Headers.Authorization = authorization;
        if (request.ExpectContinue)
            http.Headers.ExpectContinue = true;
        return http;
    }
}
