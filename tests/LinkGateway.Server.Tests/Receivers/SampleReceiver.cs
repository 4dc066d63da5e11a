using System.Net;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Samples.FileReceiver;
using LinkGateway.Soap.AspNetCore.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Server.Tests.Receivers;

/// <summary>The sample receiver of samples/receivers/dotnet on a free port, in a folder of its own.</summary>
sealed class SampleReceiver : IAsyncDisposable
{
    readonly WebApplication _application;
    readonly string _folder;
    readonly FileStore _store;

    SampleReceiver(WebApplication application, string folder, FileStore store) =>
        (_application, _folder, _store) = (application, folder, store);

    public Uri Url => new(_application.Urls.Single() + "/files");

    /// <summary>The files stored, in no order.</summary>
    public IEnumerable<byte[]> Files => Directory.EnumerateFiles(_folder, "*.data").Select(File.ReadAllBytes);

    /// <summary>What it knows of a file.</summary>
    public FileResult Find(TransferReference id) => _store.Find(id);

    /// <param name="between">Middleware between the gateway and the service, such as one that takes answers away.</param>
    public static async Task<SampleReceiver> StartAsync(Func<HttpContext, RequestDelegate, Task>? between = null)
    {
        var folder = Directory.CreateTempSubdirectory("linkgateway-receiver-").FullName;
        var store = new FileStore(folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var application = builder.Build();
        if (between is not null) application.Use(next => context => between(context, next));
        application.MapSoapService("/files", new FileService(store).Create());
        await application.StartAsync();
        return new SampleReceiver(application, folder, store);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
