using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.LoadBench.Processes;

/// <summary>
/// The least that passes a small call on with this stack: Kestrel in front, the handler of <see cref="HttpClient"/> behind, the body copied
/// once each way. It reads no SOAP, asks for no credentials and keeps no record, so that it shows what is left for those to spend.
/// </summary>
static class BareProxy
{
    static readonly HashSet<string> NotPassed =
        new(StringComparer.OrdinalIgnoreCase) { "Host", "Connection", "Content-Length", "Authorization" };

    /// <summary>Serves until killed.</summary>
    public static Task RunAsync(string ready, string[] arguments)
    {
        var backend = new Uri(arguments[0]);
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        });
        return BareServer.RunAsync(ready, context => PassAsync(context, backend, invoker), largeBlocks: false);
    }

    static async Task PassAsync(HttpContext context, Uri backend, HttpMessageInvoker invoker)
    {
        var length = (int)context.Request.ContentLength!.Value;
        var body = ArrayPool<byte>.Shared.Rent(length);
        var read = await context.Request.BodyReader.ReadAtLeastAsync(length, context.RequestAborted);
        read.Buffer.CopyTo(body);
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        using var request = new HttpRequestMessage(HttpMethod.Post, backend)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body, 0, length),
        };
        foreach (var (name, value) in context.Request.Headers)
        {
            if (NotPassed.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, (string?)value))
                request.Content.Headers.TryAddWithoutValidation(name, (string?)value);
        }

        using var response = await invoker.SendAsync(request, context.RequestAborted);
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        context.Response.ContentLength = response.Content.Headers.ContentLength;
        await using var answer = await response.Content.ReadAsStreamAsync();
        await answer.CopyToAsync(context.Response.BodyWriter);
        ArrayPool<byte>.Shared.Return(body);
    }
}
