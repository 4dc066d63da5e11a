using System.Security.Claims;
using System.Text;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Relaying;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>Answers the HTTP requests at the addresses of a service or a relay. Thread-safe.</summary>
/// <param name="name">Its name, for the log.</param>
/// <param name="relay">Who answers messages and finds documents.</param>
/// <param name="options">The limits of HTTP.</param>
/// <param name="end">Ends exchanges.</param>
/// <param name="carrier">Another stack that carries the messages; null where they are read and written here.</param>
/// <param name="logger">Where trouble is noted.</param>
sealed class SoapEndpoint(
    string name, IRelay relay, SoapHostOptions options, AnswerEnd end, RequestDelegate? carrier, ILogger<SoapEndpoint> logger)
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
            http.Response.ContentLength = Encoding.UTF8.GetByteCount(SoapHttp.TypeAdvice);
            await end.SendAsync(http, body, ct => http.Response.WriteAsync(SoapHttp.TypeAdvice, ct));
            return;
        }
        var request = RequestOf(http, address, body, mediaType);
        try
        {
            await (carrier is null ? AnswerAsync(http, body, request) : CarryAsync(http, body, request, carrier));
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.CallerGone(name);
        }
    }

    async Task AnswerAsync(HttpContext http, SupervisedBody body, RelayRequest request)
    {
        await using var reply = await relay.HandleAsync(request, http.RequestAborted);
        http.Response.StatusCode = reply.Status;
        foreach (var (header, value) in reply.HttpHeaders)
            http.Response.Headers.Append(header, value);
        if (reply.ContentType is not null)
            http.Response.ContentType = reply.ContentType;
        http.Response.ContentLength = reply.ContentLength;
        await end.SendAsync(http, body, ct => reply.WriteAsync(http.Response.BodyWriter, ct).AsTask());
    }

    Task CarryAsync(HttpContext http, SupervisedBody body, RelayRequest request, RequestDelegate carrier)
    {
        var exchange = new CarriedExchange(relay, request);
        http.Features.Set(exchange);
        // The carrier reads under the same time limits.
        http.Request.Body = body.AsStream(leaveOpen: true);
        return end.SendCarriedAsync(http, body, async () =>
        {
            await carrier(http);
            if (exchange.Failure is { } failure)
                throw new IOException("The answer is not whole.", failure);
        });
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
