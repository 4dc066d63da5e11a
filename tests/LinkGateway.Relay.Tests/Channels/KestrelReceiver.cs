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

    public static async Task<KestrelReceiver> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        var application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return new KestrelReceiver(application);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
