using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LinkGateway.Client.Connections;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices;
using LinkGateway.Server.Destinations;

namespace LinkGateway.Server.Notices;

/// <summary>Posts notices to HTTP addresses as JSON. Thread-safe.</summary>
/// <param name="host">Where secrets are read from.</param>
/// <param name="time">The clock.</param>
sealed class WebhookSender(IConfigurationHost host, TimeProvider time)
{
    const string Signature = "LinkGateway-Signature";

    // As with GatewayPeers: a reload makes new connections.
    readonly ConditionalWeakTable<NoticeWebhook, HttpClient> _connections = [];

    /// <summary>Posts a notice.</summary>
    public async ValueTask<NoticeSent> SendAsync(NoticeWebhook webhook, Notice notice, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(webhook.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = Request(webhook, notice);
            var http = _connections.GetValue(webhook, Connect);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return new NoticeSent(response.IsSuccessStatusCode, $"HTTP {(int)response.StatusCode}", IsRefused(response.StatusCode));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new NoticeSent(Taken: false, $"{webhook.Url.Authority} did not answer within {webhook.Timeout:c}");
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new NoticeSent(Taken: false, e.GetBaseException().Message);
        }
    }

    HttpRequestMessage Request(NoticeWebhook webhook, Notice notice)
    {
        var body = NoticeJson.Write(notice);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        if (webhook.Bearer is { } bearer) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Resolve(bearer));
        if (webhook.SigningSecret is { } secret)
        {
            var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Resolve(secret)), body);
            request.Headers.Add(Signature, "sha256=" + Convert.ToHexStringLower(hash));
        }

        return request;
    }

    string Resolve(SecretReference secret) =>
        secret.TryResolve(host, out var text, out var problem) ? text : throw new CryptographicException(problem);

    HttpClient Connect(NoticeWebhook webhook)
    {
        var options = OutboundConnection.Options(webhook.Credentials, webhook.TrustedCertificates, host) with
        {
            AllowPlainHttp = webhook.AllowPlainHttp,
            MaxConnections = 2,
        };
        return GatewayConnections.Create(webhook.Url, options, time);
    }

    // Credentials and address are mended by people, and what is too much now is taken later.
    static bool IsRefused(HttpStatusCode status) => (int)status is >= 400 and < 500 && status is not (HttpStatusCode.Unauthorized
        or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.ProxyAuthenticationRequired
        or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
}
