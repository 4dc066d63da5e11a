using System.Globalization;
using System.Text;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>Composes and sends the answers of one service. Thread-safe.</summary>
sealed class AnswerWriter(SoapService service, AnswerEnd end, ILogger logger)
{
    public async Task SendAsync(
        HttpContext http, SupervisedBody body, SoapVersion version, OperationReply reply, AddressingHeaders? addressing)
    {
        foreach (var (name, value) in reply.HttpHeaders)
            http.Response.Headers[name] = value;
        if (reply is { WriteBody: null, FaultToSend: null })
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await end.SendAsync(http, body, static _ => Task.CompletedTask);
            return;
        }
        var (message, fault) = await ComposeAsync(version, reply, addressing);
        await using var _ = message;
        http.Response.StatusCode = fault?.HttpStatus(version) ?? StatusCodes.Status200OK;
        if (reply.RetryAfter is { } retryAfter)
            http.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = message.ContentType;
        http.Response.ContentLength = message.Length;
        await end.SendAsync(http, body, ct => message.WriteToAsync(http.Response.BodyWriter, ct).AsTask());
    }

    public Task SendTextAsync(HttpContext http, SupervisedBody body, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
        return end.SendAsync(http, body, ct => http.Response.WriteAsync(text, ct));
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
}
