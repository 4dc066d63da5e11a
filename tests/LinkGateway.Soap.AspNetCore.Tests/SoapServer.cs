using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Soap.AspNetCore.Buffers;
using LinkGateway.Soap.AspNetCore.Hosting;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;
using LinkGateway.Soap.Wsdl;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore;

/// <summary>A real Kestrel server on a free loopback port.</summary>
sealed class SoapServer : IAsyncDisposable
{
    static readonly X509Certificate2 Certificate = SelfSigned();

    readonly WebApplication _application;

    SoapServer(WebApplication application, Uri address, TestOperations operations)
    {
        _application = application;
        Address = address;
        Operations = operations;
        var handler = SoapHttpHandler.Create();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => Certificate.Equals(certificate);
        Http = new HttpClient(handler);
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public TestOperations Operations { get; }

    /// <summary>What the server logged as warning or worse.</summary>
    public ConcurrentQueue<string> Troubles { get; private init; } = [];

    public static async Task<SoapServer> StartAsync(
        SoapHostOptions? options = null,
        WsdlPublisher? wsdl = null,
        RequestDelegate? other = null,
        bool largeBlocks = true,
        bool tls = false,
        IPartnerProfiles? partners = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var troubles = new TroubleLog();
        builder.Logging.ClearProviders().AddProvider(troubles);
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            if (tls)
                listener.UseHttps(Certificate);
        }));
        builder.WebHost.UseStrictHttp();
        if (largeBlocks)
            builder.WebHost.UseLargeBlocks();
        CarrierUnderTest.AddServices(builder.Services);
        var application = builder.Build();
        var operations = new TestOperations();
        application.MapSoapService("/soap", new SoapService("test", operations.All, wsdl)
        {
            Partners = partners ?? LenientPartners.Instance,
        }, options, carrier: CarrierUnderTest.Build(application));
        if (other is not null)
            application.Map("/other", other);
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new SoapServer(application, new Uri(addresses.Addresses.First() + "/soap"), operations) { Troubles = troubles.Texts };
    }

    /// <summary>Stops listening and waits until every request has ended.</summary>
    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }

    static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    sealed class TroubleLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Of the machine and not of the requests: Kestrel's own clock came late.
            if (IsEnabled(logLevel) && eventId.Name != "HeartbeatSlow")
                Texts.Enqueue($"{formatter(state, exception)} {exception?.Message}");
        }

        public void Dispose()
        {
        }
    }
}
