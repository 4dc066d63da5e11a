using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>
/// Lets Kestrel refuse what it reads leniently by itself: requests whose end a proxy in front could see elsewhere (RFC 9112, 11.2).
/// </summary>
public static class StrictHttpExtensions
{
    // Where both lengths are given, Kestrel believes the coding and keeps the other under this name.
    const string LengthBesideCoding = "X-Content-Length";

    static readonly DigitsEncoding Digits = new();

    /// <summary>
    /// Refuses with 400, and closes: a line of the head that ends with a line feed alone, a Content-Length with a sign,
    /// Content-Length beside Transfer-Encoding, any Transfer-Encoding but chunked, and Transfer-Encoding in HTTP/1.0.
    /// </summary>
    /// <param name="builder">The host; the line ends are strict for all Kestrel servers of the process.</param>
    /// <returns>The host.</returns>
    public static IWebHostBuilder UseStrictHttp(this IWebHostBuilder builder)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        return builder.ConfigureServices(services => services
            .AddSingleton<IStartupFilter, Filter>()
            .Configure<KestrelServerOptions>(kestrel => kestrel.RequestHeaderEncodingSelector = EncodingOf));
    }

    static DigitsEncoding? EncodingOf(string name) =>
        name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Digits : null;

    // Of several codings Kestrel believes the last and takes none of the others off.
    static bool EndsInTwoPlaces(HttpRequest request) => request.Headers.TransferEncoding.Count > 0
        && (request.Headers.ContainsKey(LengthBesideCoding)
            || HttpProtocol.IsHttp10(request.Protocol)
            || !request.Headers.TransferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase));

    sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
        {
            application.Use(static (http, following) => EndsInTwoPlaces(http.Request) ? RefuseAsync(http) : following(http));
            next(application);
        };

        static Task RefuseAsync(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        }
    }

    // Kestrel takes a sign before a length and shows nobody what it took; but it lets the bytes be decoded, and knows no length in '?'.
    sealed class DigitsEncoding : ASCIIEncoding
    {
        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            var count = base.GetChars(bytes, chars);
            foreach (ref var c in chars[..count])
                c = char.IsAsciiDigit(c) ? c : '?';
            return count;
        }
    }
}
