using System.IO.Pipelines;
using LinkGateway.Soap.Relaying;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.Soap.CoreWcf.Carrying;

/// <summary>A reply on its way out, written when the transport asks for it.</summary>
/// <param name="http">The HTTP exchange.</param>
/// <param name="exchange">The exchange that the reply ends.</param>
/// <param name="body">The request's body, which is not needed afterwards.</param>
/// <param name="reply">The reply; null where the relay failed.</param>
sealed class CarriedReply(HttpContext http, CarriedExchange exchange, PipeReader body, RelayReply? reply)
{
    /// <summary>Writes head and body; a body that breaks off is told to the host, which then cuts the connection.</summary>
    public async Task WriteAsync()
    {
        try
        {
            if (reply is not null)
                await WriteAsync(reply);
        }
        finally
        {
            await body.CompleteAsync();
            http.AllowLastFlush();
        }
    }

    async Task WriteAsync(RelayReply reply)
    {
        await using (reply)
        {
            // By itself, and not by a property of the message: that holds no header value beyond ASCII, and no length.
            http.Response.StatusCode = reply.Status;
            foreach (var (name, value) in reply.HttpHeaders)
                http.Response.Headers.Append(name, value);
            http.Response.ContentType = reply.ContentType;
            http.Response.ContentLength = reply.ContentType is null ? 0 : reply.ContentLength;
            try
            {
                await reply.WriteAsync(http.Response.BodyWriter, http.RequestAborted);
            }
            catch (Exception failure)
            {
                // Thrown on, it would leave the transport waiting for a reply that was never sent.
                exchange.Fail(failure);
            }
        }
    }
}
