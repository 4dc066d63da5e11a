using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Soap.AspNetCore.Hosting;
using LinkGateway.Soap.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Client.Gateway;

/// <summary>A gateway on a real loopback port, with the batch service over memory and faults to order.</summary>
sealed class FakeGateway : IAsyncDisposable
{
    /// <summary>Where the thumbprint of the caller's certificate stands among <see cref="LastHeaders"/>.</summary>
    public const string ClientCertificate = "(client certificate)";

    readonly WebApplication _application;
    readonly HttpClient _http;

    FakeGateway(WebApplication application, FakeBatchService service, X509Certificate2? serverCertificate)
    {
        _application = application;
        Service = service;
        ServerCertificate = serverCertificate;
        var listening = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(listening + "/batch");
        _http = GatewayConnections.Create(Address, Connection);
        Client = new BatchClient(_http, Address);
    }

    public Uri Address { get; }

    public FakeBatchService Service { get; }

    public X509Certificate2? ServerCertificate { get; }

    /// <summary>A client with default options.</summary>
    public BatchClient Client { get; }

    /// <summary>The headers of the requests so far, later ones over earlier ones.</summary>
    public ConcurrentDictionary<string, string> LastHeaders { get; private init; } = [];

    public ConnectionOptions Connection => new() { TrustedServerCertificates = ServerCertificate is null ? [] : [ServerCertificate] };

    public static async Task<FakeGateway> StartAsync(
        X509Certificate2? serverCertificate = null, RequestDelegate? instead = null, X509Certificate2Collection? chain = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpContextAccessor();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (serverCertificate is null) return;
            listen.UseHttps(serverCertificate, https =>
            {
                https.ServerCertificateChain = chain;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        }));
        var application = builder.Build();
        var service = new FakeBatchService(application.Services.GetRequiredService<IHttpContextAccessor>());
        var headers = new ConcurrentDictionary<string, string>();
        application.Use(async (context, next) =>
        {
            foreach (var header in context.Request.Headers) headers[header.Key] = header.Value.ToString();
            if (context.Connection.ClientCertificate is { } client) headers[ClientCertificate] = client.Thumbprint;
            await next();
        });
        if (instead is not null) application.Map("/batch", instead);
        else application.MapSoapService("/batch", new SoapService("batch", service.Handlers));
        await application.StartAsync();
        return new FakeGateway(application, service, serverCertificate) { LastHeaders = headers };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        Service.Dispose();
    }

    public static DeliveryStatus Delivery(string receiver, DeliveryState state, string? error = null) => new()
    {
        DeliveryId = "d-" + receiver,
        Receiver = receiver,
        Replay = 0,
        Destination = "folder",
        State = state.ToString(),
        Attempts = 1,
        LastErrorCode = error is null ? null : "LG-6004",
        LastErrorText = error,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
