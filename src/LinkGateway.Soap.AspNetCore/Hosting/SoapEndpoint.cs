using System.Net;
using System.Security.Claims;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>Answers the HTTP requests at one service's address. Thread-safe.</summary>
sealed class SoapEndpoint(SoapService service, SoapHostOptions options, AnswerEnd end, ILogger<SoapEndpoint> logger)
{
    const string Allowed = "GET, POST";

    readonly AnswerWriter _answers = new(service, end, logger);

    public Task HandleAsync(HttpContext http)
    {
        if (AddressOf(http.Request) is not { } address)
        {
            // A Host header that the server lets through but that is none, such as one with port 99999.
            return RefuseAsync(http, StatusCodes.Status400BadRequest);
        }
        return http.Request.Method switch
        {
            "POST" => PostAsync(http, address),
            "GET" or "HEAD" => GetAsync(http, address),
            _ => RefuseMethodAsync(http),
        };
    }

    async Task GetAsync(HttpContext http, Uri address)
    {
        if (service.Wsdl?.Find(http.Request.QueryString.Value ?? "", address) is not { } document)
        {
            // A query that names no document is a wrong address; without one, it is the wrong method (WS-I BP 1.1 R1114).
            if (http.Request.QueryString.HasValue)
                await RefuseAsync(http, StatusCodes.Status404NotFound);
            else
                await RefuseMethodAsync(http);
            return;
        }
        http.Response.ContentType = "text/xml; charset=utf-8";
        http.Response.ContentLength = document.Length;
        await http.Response.BodyWriter.WriteAsync(document, http.RequestAborted);
    }

    async Task PostAsync(HttpContext http, Uri address)
    {
        LiftServerLimits(http);
        using var body = new SupervisedBody(http.Request.BodyReader, options);
        if (!MediaType.TryParse(http.Request.ContentType, out var mediaType) || !SoapMediaType.IsSoap(mediaType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            http.Response.Headers.Accept = "text/xml, application/soap+xml, multipart/related";
            await _answers.SendTextAsync(http, body,
                "Send a SOAP envelope as text/xml or application/soap+xml, alone or in multipart/related.");
            return;
        }
        try
        {
            await AnswerAsync(http, address, body, mediaType);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.CallerGone(service.Name);
        }
    }

    async Task AnswerAsync(HttpContext http, Uri address, SupervisedBody body, MediaType mediaType)
    {
        var version = SoapMediaType.Announced(mediaType);
        var deviations = new DeviationLog(service.Partners.ProfileOf(http.User));
        OperationContext? context = null;
        SoapMessage? message = null;
        try
        {
            OperationReply reply;
            try
            {
                message = await SoapMessage.ReadAsync(body, mediaType, options.Message, deviations, http.RequestAborted);
                body.RootIsHere();
                version = message.Envelope.Version;
                JudgeAction(http.Request.Headers, version, deviations);
                context = ContextOf(http, address, message, mediaType, deviations);
                reply = await service.InvokeAsync(context, http.RequestAborted);
            }
            catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
            {
                reply = FaultFor(e);
            }
            await _answers.SendAsync(http, body, version, reply, AddressingOf(context));
        }
        finally
        {
            message?.Dispose();
            if (deviations.Reports.Count > 0)
                service.Partners.Deviated(http.User, deviations.Reports);
        }
    }

    // WS-I BP 1.1 R1109, R2744, R2745; SOAP 1.2 part 2 6.5.
    static void JudgeAction(IHeaderDictionary headers, SoapVersion version, DeviationLog deviations)
    {
        var stated = headers.TryGetValue("SOAPAction", out var action);
        var text = action.ToString().Trim();
        if (version == SoapVersion.Soap12 && stated)
            deviations.Report(Deviation.SoapActionOnSoap12);
        else if (version == SoapVersion.Soap11 && !stated)
            deviations.Report(Deviation.SoapActionMissing);
        else if (version == SoapVersion.Soap11 && !(action.Count == 1 && text.Length >= 2 && text[0] == '"' && text[^1] == '"'))
            deviations.Report(Deviation.SoapActionUnquoted);
    }

    // To headers that contradict each other no answer can be related.
    static AddressingHeaders? AddressingOf(OperationContext? context)
    {
        try
        {
            return context?.Addressing;
        }
        catch (SoapFormatException)
        {
            return null;
        }
    }

    OperationReply FaultFor(Exception e)
    {
        if (e is SoapFormatException or MimeFormatException or SoapFaultException)
            logger.MessageRefused(service.Name, e.Message);
        else
            logger.OperationFailed(service.Name, e);
        return OperationReply.Fault(service.Faults.Map(e));
    }

    static OperationContext ContextOf(
        HttpContext http, Uri address, SoapMessage message, MediaType mediaType, DeviationLog deviations) => new()
        {
            Request = message.Envelope,
            Caller = http.User ?? new ClaimsPrincipal(),
            Address = address,
            SoapAction = http.Request.Headers.TryGetValue("SOAPAction", out var action)
            ? action.ToString().Trim().Trim('"')
            : mediaType.Parameter("action"),
            HttpHeaders = new RequestHeaders(http.Request.Headers),
            ContentLength = http.Request.ContentLength,
            Attachments = message.Attachments,
            Deviations = deviations,
        };

    Uri? AddressOf(HttpRequest request)
    {
        if (options.PublicAddress is { } known)
            return known;
        // HTTP/1.0 knows no Host header (WS-I BP 1.1 R1140 allows it).
        var connection = request.HttpContext.Connection;
        var host = request.Host.HasValue ? request.Host
            : new HostString((connection.LocalIpAddress ?? IPAddress.Loopback).ToString(), connection.LocalPort);
        var text = UriHelper.BuildAbsolute(request.Scheme, host, request.PathBase, request.Path);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;
    }

    Task RefuseMethodAsync(HttpContext http)
    {
        http.Response.Headers[HeaderNames.Allow] = Allowed;
        return RefuseAsync(http, StatusCodes.Status405MethodNotAllowed);
    }

    Task RefuseAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return end.SendAsync(http, static _ => Task.CompletedTask);
    }

    // Both limits are right for pages and wrong for files of a night: ours stand in SoapHostOptions.
    static void LiftServerLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
