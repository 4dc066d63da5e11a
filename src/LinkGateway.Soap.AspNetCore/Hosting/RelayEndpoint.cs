using System.Security.Claims;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Relaying;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>Answers the HTTP requests at the addresses of a relay. Thread-safe.</summary>
sealed class RelayEndpoint(string name, IRelay relay, SoapHostOptions options, AnswerEnd end, ILogger logger)
{
    public Task HandleAsync(HttpContext http)
    {
        if (SoapHttp.AddressOf(http.Request, options) is not { } address)
            return SoapHttp.RefuseAsync(http, end, StatusCodes.Status400BadRequest);
        return http.Request.Method switch
        {
            "POST" => PostAsync(http, address),
            "GET" or "HEAD" => GetAsync(http, address),
            _ => SoapHttp.RefuseMethodAsync(http, end),
        };
    }

    async Task GetAsync(HttpContext http, Uri address)
    {
        using var body = new SupervisedBody(http.Request.BodyReader, options);
        var request = RequestOf(http, address, body, mediaType: null);
        await SoapHttp.SendDocumentAsync(http, end, relay.FindDocument(request, http.Request.QueryString.Value ?? ""));
    }

    async Task PostAsync(HttpContext http, Uri address)
    {
        SoapHttp.LiftServerLimits(http);
        using var body = new SupervisedBody(http.Request.BodyReader, options);
        if (!MediaType.TryParse(http.Request.ContentType, out var mediaType) || !SoapMediaType.IsSoap(mediaType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            http.Response.Headers.Accept = SoapHttp.AcceptedTypes;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await end.SendAsync(http, body, ct => http.Response.WriteAsync(SoapHttp.TypeAdvice, ct));
            return;
        }
        try
        {
            await using var reply = await relay.HandleAsync(RequestOf(http, address, body, mediaType), http.RequestAborted);
            http.Response.StatusCode = reply.Status;
            foreach (var (header, value) in reply.HttpHeaders)
                http.Response.Headers.Append(header, value);
            if (reply.ContentType is not null)
                http.Response.ContentType = reply.ContentType;
            http.Response.ContentLength = reply.ContentLength;
            await end.SendAsync(http, body, ct => reply.WriteAsync(http.Response.BodyWriter, ct).AsTask());
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.CallerGone(name);
        }
    }

    static RelayRequest RequestOf(HttpContext http, Uri address, SupervisedBody body, MediaType? mediaType) => new()
    {
        Caller = http.User ?? new ClaimsPrincipal(),
        Address = address,
        Path = http.Request.Path.Value ?? "/",
        HttpHeaders = new RequestHeaders(http.Request.Headers),
        ContentType = http.Request.ContentType ?? "",
        MediaType = mediaType,
        ContentLength = http.Request.ContentLength,
        Body = body,
        BytesReceived = () => body.Received,
        EnvelopeIsRead = body.RootIsHere,
    };
}
