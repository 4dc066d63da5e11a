using System.Globalization;
using System.Text;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>
/// Sends answers. One that comes before the request's body has ended is flushed with <c>Connection: close</c>, and then the rest of the
/// body is thrown away within limits, so that callers that send all before they read find the answer and not a reset. Thread-safe.
/// </summary>
sealed class AnswerWriter(SoapService service, SoapHostOptions options, ILogger logger)
{
    // So little is cheaper read away by the server itself than paid for with a new connection.
    const long WorthKeepingConnection = 64 * 1024;

    static readonly TimeSpan AnswerLeaves = TimeSpan.FromSeconds(1);

    readonly BodyDrain _drain = new(options);

    public async Task SendAsync(
        HttpContext http, SupervisedBody body, SoapVersion version, OperationReply reply, AddressingHeaders? addressing)
    {
        foreach (var (name, value) in reply.HttpHeaders)
            http.Response.Headers[name] = value;
        if (reply is { WriteBody: null, FaultToSend: null })
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await FinishAsync(http, body, static _ => Task.CompletedTask);
            return;
        }
        var (message, fault) = await ComposeAsync(version, reply, addressing);
        await using var _ = message;
        http.Response.StatusCode = fault?.HttpStatus(version) ?? StatusCodes.Status200OK;
        if (reply.RetryAfter is { } retryAfter)
            http.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = message.ContentType;
        http.Response.ContentLength = message.Length;
        await FinishAsync(http, body, ct => message.WriteToAsync(http.Response.BodyWriter, ct).AsTask());
    }

    public Task SendTextAsync(HttpContext http, SupervisedBody body, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
        return FinishAsync(http, body, ct => http.Response.WriteAsync(text, ct));
    }

    /// <summary>Writes the envelope into memory; an operation whose answer cannot be written answers by a fault instead.</summary>
    async ValueTask<(OutgoingMessage Message, SoapFault? Fault)> ComposeAsync(
        SoapVersion version, OperationReply reply, AddressingHeaders? addressing)
    {
        try
        {
            return (OutgoingMessage.Answer(version, reply, addressing), reply.FaultToSend);
        }
        catch (Exception e)
        {
            logger.OperationFailed(service.Name, e);
            foreach (var attachment in reply.Attachments)
                await attachment.DisposeAsync();
            var fault = service.Faults.Map(e);
            return (OutgoingMessage.Answer(version, OperationReply.Fault(fault), addressing), fault);
        }
    }

    async Task FinishAsync(HttpContext http, SupervisedBody body, Func<CancellationToken, Task> write)
    {
        var drains = MustDrain(http.Request, body);
        // Of a broken body the rest is not waited for, however little it is.
        if (drains || body.Broken)
            http.Response.Headers.Connection = "close";
        try
        {
            await write(http.RequestAborted);
            await http.Response.CompleteAsync();
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Half an answer is on the wire: cutting the connection is the only way left to say that it is not whole.
            logger.AnswerBroken(service.Name, e);
            http.Abort();
            return;
        }
        // Where nothing was read, a caller that waits for 100 Continue has sent nothing; where it went silent, nothing is to come.
        if (drains && body is { Received: > 0, Broken: false })
            await DrainAsync(http, body);
    }

    async Task DrainAsync(HttpContext http, SupervisedBody body)
    {
        var result = await _drain.RunAsync(body.Abandon(), http.RequestAborted);
        if (result == BodyDrainResult.Ended)
            return;
        if (result == BodyDrainResult.TooMany)
            logger.DrainRefused(service.Name, options.Drains);
        // Left alone, the server would go on reading for some seconds; aborted at once, the connection could close before the answer
        // has left.
        await Task.Delay(AnswerLeaves, options.Time, http.RequestAborted);
        http.Abort();
    }

    static bool MustDrain(HttpRequest request, SupervisedBody body)
    {
        if (body.EndSeen)
            return false;
        return request.ContentLength is not { } length || length - body.Received > WorthKeepingConnection;
    }
}
