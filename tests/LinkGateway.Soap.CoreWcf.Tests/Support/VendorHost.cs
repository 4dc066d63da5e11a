using System.Net;
using CoreWCF.Channels;
using CoreWCF.Configuration;
using LinkGateway.Soap.CoreWcf.Swa;
using LinkGateway.Soap.Sending;
using LinkGateway.Testing.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.CoreWcf.Support;

/// <summary>A vendor's CoreWCF service on Kestrel, which refuses synchronous reading and writing, on a free port.</summary>
sealed class VendorHost : IAsyncDisposable
{
    readonly WebApplication _application;

    VendorHost(WebApplication application, VendorService service)
    {
        _application = application;
        Service = service;
        Address = new Uri(application.Urls.Single() + "/soap");
    }

    public Uri Address { get; }

    public VendorService Service { get; }

    public HttpClient Http { get; } = new(SoapHttpHandler.Create());

    public SoapSender Sender => new(Http);

    public static async Task<VendorHost> StartAsync(SwaMessageEncodingBindingElement? encoding = null, Binding? binding = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddServiceModelServices();
        var service = new VendorService();
        builder.Services.AddSingleton(service);
        var application = builder.Build();
        ((IApplicationBuilder)application).UseServiceModel(services => services
            .AddService<VendorService>()
            .AddServiceEndpoint<VendorService, IVendorService>(
                binding ?? new SwaHttpBinding(encoding ?? new SwaMessageEncodingBindingElement()), "/soap"));
        await application.StartAsync();
        return new VendorHost(application, service);
    }

    /// <summary>Sends bytes as they are and reads the answer.</summary>
    public async Task<RawAnswer> PostAsync(byte[] body, string contentType, string more = "SOAPAction: \"\"\r\n")
    {
        await using var client = await RawClient.ConnectAsync(Address);
        await client.SendHeadAsync(contentType, body.Length, more);
        await client.SendAsync(body);
        return (await client.ReadAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }
}
