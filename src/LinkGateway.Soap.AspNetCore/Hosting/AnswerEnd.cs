using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>
/// Ends exchanges. An answer that comes before the request's body has ended is flushed with <c>Connection: close</c>, and then the rest
/// of the body is thrown away within limits, so that callers that send all before they read find the answer and not a reset. One object
/// counts the drains of all services and middleware that share it. Thread-safe.
/// </summary>
/// <param name="options">The limits: drainBytes, drainTime and drains.</param>
/// <param name="logger">Where trouble is noted.</param>
public sealed class AnswerEnd(SoapHostOptions options, ILogger<AnswerEnd> logger)
{
    // So little is cheaper read away by the server itself than paid for with a new connection.
    const long WorthKeepingConnection = 64 * 1024;

    static readonly TimeSpan AnswerLeaves = TimeSpan.FromSeconds(1);

    readonly BodyDrain _drain = new(options);

    /// <summary>Answers a request of whose body nothing was read, from middleware for example.</summary>
    /// <param name="http">The exchange; status and headers of the answer are set.</param>
    /// <param name="write">Writes the answer's body.</param>
    /// <returns>A task that completes when the answer is sent and the request's body is out of the way.</returns>
    public async Task SendAsync(HttpContext http, Func<CancellationToken, Task> write)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(write);
        using var body = new SupervisedBody(http.Request.BodyReader, options);
        await SendAsync(http, body, write);
    }

    internal async Task SendAsync(HttpContext http, SupervisedBody body, Func<CancellationToken, Task> write)
    {
        var drains = MustDrain(http, body);
        // Of a broken body the rest is not waited for, however little it is.
        if (drains || body.Broken)
            http.Response.Headers.Connection = "close";
        await SendAsync(http, body, write, () => drains);
    }

    async Task SendAsync(HttpContext http, SupervisedBody body, Func<CancellationToken, Task> write, Func<bool> drains)
    {
        try
        {
            await write(http.RequestAborted);
            await http.Response.CompleteAsync();
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Half an answer is on the wire: cutting the connection is the only way left to say that it is not whole.
            logger.AnswerBroken(http.Request.Path, e);
            http.Abort();
            return;
        }
        if (drains() && !body.Broken)
            await DrainAsync(http, body);
    }

    /// <summary>Ends an exchange whose answer another stack writes: what is said of the connection is decided here all the same.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="carry">Answers; it throws where the answer is not whole.</param>
    internal async Task SendCarriedAsync(HttpContext http, SupervisedBody body, Func<Task> carry)
    {
        var drains = false;
        http.Response.OnStarting(() =>
        {
            drains = MustDrain(http, body);
            http.Response.Headers.Connection = drains || body.Broken ? "close" : default(StringValues);
            return Task.CompletedTask;
        });
        await SendAsync(http, body, _ => carry(), () => drains);
    }

    async Task DrainAsync(HttpContext http, SupervisedBody body)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        // A caller that waits for 100 Continue sends nothing now that it has the answer; one that did not wait is sending already.
        var patience = AwaitsContinue(http.Request, body) ? AnswerLeaves : options.DrainTime;
        var result = await _drain.RunAsync(body.Abandon(), patience, http.RequestAborted);
        if (result == BodyDrainResult.Ended)
            return;
        if (result == BodyDrainResult.TooMany)
            logger.DrainRefused(http.Request.Path, options.Drains);
        // Left alone, the server would go on reading for some seconds; aborted at once, the connection could close before the answer
        // has left.
        await Task.Delay(AnswerLeaves, options.Time, http.RequestAborted);
        http.Abort();
    }

    static bool MustDrain(HttpContext http, SupervisedBody body)
    {
        if (body.EndSeen || http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
            return false;
        // Nobody can tell whether what comes next is the body that was announced or the next request (RFC 9110, 10.1.1).
        if (AwaitsContinue(http.Request, body))
            return true;
        return http.Request.ContentLength is not { } length || length - body.Received > WorthKeepingConnection;
    }

    static bool AwaitsContinue(HttpRequest request, SupervisedBody body) =>
        body.Received == 0 && request.Headers.Expect.ToString().Equals("100-continue", StringComparison.OrdinalIgnoreCase);
}
