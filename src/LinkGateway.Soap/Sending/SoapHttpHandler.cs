using System.Net;

namespace LinkGateway.Soap.Sending;

/// <summary>Makes the HTTP handlers that SOAP is best sent through.</summary>
public static class SoapHttpHandler
{
    /// <summary>
    /// A handler whose connections surface an answer that comes while a large request is still being sent, and that follows no redirects
    /// and keeps no cookies. Its TLS options are the caller's to set. With other handlers <see cref="SoapSender"/> works too, but such an
    /// answer may be lost to a broken pipe.
    /// </summary>
    /// <returns>A new handler, to be shared by all requests of one client.</returns>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // An address behind a name may change; no connection outlives this unless a request is under way on it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        PlaintextStreamFilter = static (context, _) => ValueTask.FromResult<Stream>(new EarlyAnswerStream(context.PlaintextStream)),
    };
}
