using System.Net;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Transfers;
using LinkGateway.Server.Batch;
using LinkGateway.Server.Health;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;
using LinkGateway.Server.Security;
using LinkGateway.Soap.AspNetCore.Buffers;
using LinkGateway.Soap.AspNetCore.Hosting;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LinkGateway.Server.Hosting;

/// <summary>The listeners and what is reached through them: the batch service and the health addresses.</summary>
sealed class GatewayWeb
{
    readonly WebApplication _application;
    readonly GatewayHostOptions _options;
    volatile bool _taking;

    public GatewayWeb(
        ConfigurationSource configuration,
        GatewayKeys keys,
        TransferService transfers,
        GatewayMetrics metrics,
        GatewayHostOptions options,
        ILoggerFactory loggers)
    {
        _options = options;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddServices(builder.Services, configuration, transfers, metrics, loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, configuration, keys));
        builder.WebHost.UseLargeBlocks();
        _application = builder.Build();
        Map(configuration.Current.Configuration.Limits);
    }

    /// <summary>Binds the listeners.</summary>
    /// <returns>Their addresses, with the ports as bound.</returns>
    /// <exception cref="StartException">An address cannot be bound.</exception>
    public async Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new StartException(ExitCode.AddressInUse, [$"A listener cannot be opened: {error.Message}"], error);
        }
        var server = _application.Services.GetRequiredService<IServer>();
        return [.. server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
    }

    /// <summary>Says that everything behind the listeners runs: readiness follows.</summary>
    public void TakeRequests() => _taking = true;

    /// <summary>Stops listening and lets running requests finish, within the time for stopping.</summary>
    public async ValueTask StopAsync(ILogger logger)
    {
        _taking = false;
        logger.Stopping(_options.StopTimeout.TotalSeconds);
        using var patience = new CancellationTokenSource(_options.StopTimeout, _options.Time);
        try
        {
            await _application.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }
        if (patience.IsCancellationRequested)
            logger.StoppedHard();
        await _application.DisposeAsync();
        logger.Stopped();
    }

    void AddServices(
        IServiceCollection services, ConfigurationSource configuration, TransferService transfers, GatewayMetrics metrics, ILoggerFactory loggers)
    {
        services.AddRoutingCore();
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton(loggers);
        services.AddSingleton(_options.Time);
        services.AddSingleton(_options.ConfigurationHost);
        services.AddSingleton(configuration);
        services.AddSingleton(transfers);
        services.AddSingleton(metrics);
        services.AddSingleton<BatchFaults>();
        services.AddSingleton<BatchService>();
        services.AddSingleton<CallerMiddleware>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = _options.StopTimeout);
    }

    void Map(LimitSettings limits)
    {
        var callers = _application.Services.GetRequiredService<CallerMiddleware>();
        _application.Use((context, next) => IsOpen(context.Request) ? next(context) : callers.InvokeAsync(context, next));
        _application.UseRouting();
        _application.MapHealth(() => _taking);
        var service = _application.Services.GetRequiredService<BatchService>().Create();
        _application.MapSoapService(BatchService.Path, service, SoapOptions(limits));
    }

    // The contract and the health addresses hold nothing of any participant; all else is for participants.
    static bool IsOpen(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && (request.Path == BatchService.Path || request.Path.StartsWithSegments("/health"));

    SoapHostOptions SoapOptions(LimitSettings limits) => new()
    {
        Message = MessageLimits.Default with
        {
            Envelope = EnvelopeLimits.Default with { RootBytes = (int)limits.RootBytes },
            PreRootSpoolBytes = (int)limits.PreRootSpoolBytes,
        },
        HeaderAndRootTime = limits.HeaderAndRootTime,
        AttachmentSilence = limits.AttachmentSilence,
        AttachmentBytesPerSecond = (int)limits.AttachmentMinimumRate,
        AttachmentRatePeriod = limits.AttachmentRateWindow,
        DrainBytes = limits.DrainBytes,
        DrainTime = limits.DrainTime,
        Drains = limits.Drains,
        Time = _options.Time,
    };

    static void Configure(KestrelServerOptions kestrel, ConfigurationSource configuration, GatewayKeys keys)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.RequestHeadersTimeout = configuration.Current.Configuration.Limits.HeaderAndRootTime;
        foreach (var listener in configuration.Current.Configuration.Listeners)
            Listen(kestrel, listener, keys);
    }

    static void Listen(KestrelServerOptions kestrel, ListenerSettings settings, GatewayKeys keys)
    {
        foreach (var address in Addresses(settings.Url))
            kestrel.Listen(address, settings.Url.Port, endpoint => Open(endpoint, settings, keys));
    }

    static void Open(ListenOptions endpoint, ListenerSettings settings, GatewayKeys keys)
    {
        var listener = new Listener(settings);
        // Uploads gain nothing from HTTP/2, whose flow control would sit between the socket and the spool (DESIGN section 6, Faults).
        endpoint.Protocols = HttpProtocols.Http1;
        endpoint.Use(next => connection =>
        {
            connection.Features.Set(listener);
            return next(connection);
        });
        if (!listener.IsTls)
            return;
        var (certificate, chain) = keys.ForListener(settings);
        endpoint.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ServerCertificateChain = chain,
            SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13,
            // Whose it is, is judged by thumbprint for each request: a refusal there is a fault that says why, and not a broken handshake.
            ClientCertificateMode = settings.ClientCertificates == ClientCertificatePolicy.Off
                ? ClientCertificateMode.NoCertificate
                : ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (_, _, _) => true,
        });
    }

    static IPAddress[] Addresses(Uri url)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var address))
            return [address];
        // With port 0 the two loopback addresses would get two ports.
        if (url.IsLoopback)
            return url.Port == 0 ? [IPAddress.Loopback] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return Dns.GetHostAddresses(url.DnsSafeHost);
    }
}
