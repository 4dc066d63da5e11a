using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>What all SOAP endpoints do with HTTP requests before they look at the message.</summary>
static class SoapHttp
{
    public const string Allowed = "GET, POST";

    public const string AcceptedTypes = "text/xml, application/soap+xml, multipart/related";

    public const string TypeAdvice = "Send a SOAP envelope as text/xml or application/soap+xml, alone or in multipart/related.";

    /// <summary>The address as the caller sees it; null where the Host header is none, such as one with port 99999.</summary>
    public static Uri? AddressOf(HttpRequest request, SoapHostOptions options)
    {
        if (options.PublicRoot is { } root)
            return new Uri(root, request.PathBase.Add(request.Path).ToUriComponent());
        // HTTP/1.0 knows no Host header (WS-I BP 1.1 R1140 allows it).
        var connection = request.HttpContext.Connection;
        var host = request.Host.HasValue ? request.Host
            : new HostString((connection.LocalIpAddress ?? IPAddress.Loopback).ToString(), connection.LocalPort);
        var text = UriHelper.BuildAbsolute(request.Scheme, host, request.PathBase, request.Path);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;
    }

    // Both limits are right for pages and wrong for files of a night: ours stand in SoapHostOptions.
    public static void LiftServerLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    public static Task RefuseMethodAsync(HttpContext http, AnswerEnd end)
    {
        http.Response.Headers[HeaderNames.Allow] = Allowed;
        return RefuseAsync(http, end, StatusCodes.Status405MethodNotAllowed);
    }

    public static Task RefuseAsync(HttpContext http, AnswerEnd end, int status)
    {
        http.Response.StatusCode = status;
        return end.SendAsync(http, static _ => Task.CompletedTask);
    }

    /// <summary>Sends a document of the contract; where there is none, says so.</summary>
    public static async Task SendDocumentAsync(HttpContext http, AnswerEnd end, ReadOnlyMemory<byte>? found)
    {
        if (found is not { } document)
        {
            // A query that names no document is a wrong address; without one, it is the wrong method (WS-I BP 1.1 R1114).
            await (http.Request.QueryString.HasValue
                ? RefuseAsync(http, end, StatusCodes.Status404NotFound)
                : RefuseMethodAsync(http, end));
            return;
        }
        http.Response.ContentType = "text/xml; charset=utf-8";
        http.Response.ContentLength = document.Length;
        await http.Response.BodyWriter.WriteAsync(document, http.RequestAborted);
    }
}
