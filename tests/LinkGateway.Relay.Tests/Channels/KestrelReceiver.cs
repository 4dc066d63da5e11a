using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Relay.Tests.Channels;

/// <summary>A receiver that speaks proper HTTP.</summary>
sealed class KestrelReceiver : IAsyncDisposable
{
    readonly WebApplication _application;

    KestrelReceiver(WebApplication application)
    {
        _application = application;
        Url = new Uri(new Uri(application.Urls.Single()), "/service");
    }

    public Uri Url { get; }

    public static async Task<KestrelReceiver> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0").ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            if (certificate is not null)
                server.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return new KestrelReceiver(application);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
