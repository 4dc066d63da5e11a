using System.Text;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Calls;
using LinkGateway.Server.Batch;
using LinkGateway.Server.Health;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;
using LinkGateway.Server.Partners;
using LinkGateway.Server.Security;
using LinkGateway.Soap.AspNetCore.Buffers;
using LinkGateway.Soap.AspNetCore.Hosting;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LinkGateway.Server.Hosting;

/// <summary>The listeners and what is reached through them: the batch service, the synchronous services and the health addresses.</summary>
sealed class GatewayWeb
{
    readonly WebApplication _application;
    readonly GatewayHostOptions _options;
    readonly ConfigurationSource _configuration;
    volatile bool _taking;

    public GatewayWeb(
        ConfigurationSource configuration,
        GatewayKeys keys,
        TransferService transfers,
        GatewayMetrics metrics,
        Func<PartnerProfiles, MessageLimits, RelayServices> relay,
        GatewayHostOptions options,
        ILoggerFactory loggers)
    {
        _options = options;
        _configuration = configuration;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddServices(builder.Services, configuration, transfers, metrics, loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Open(kestrel, configuration.Current.Configuration, keys));
        builder.WebHost.UseStrictHttp().UseLargeBlocks();
        var soapHost = configuration.Current.Configuration.SoapHost;
        SoapCarriers.AddServices(builder.Services, soapHost);
        _application = builder.Build();
        Map(relay, SoapCarriers.Build(_application, soapHost));
    }

    /// <summary>What reading a message may cost, in all directions.</summary>
    public MessageLimits MessageLimits => _application.Services.GetRequiredService<SoapHostOptions>().Message;

    /// <summary>Binds the listeners.</summary>
    /// <returns>Their addresses, with the ports as bound.</returns>
    /// <exception cref="StartException">An address cannot be bound.</exception>
    public Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellationToken) =>
        WebServer.StartAsync(_application, cancellationToken);

    /// <summary>Says that everything behind the listeners runs: readiness follows.</summary>
    public void TakeRequests() => _taking = true;

    /// <summary>Stops listening and lets running requests finish, within the time for stopping.</summary>
    public async ValueTask StopAsync(ILogger logger)
    {
        _taking = false;
        logger.Stopping(_options.StopTimeout.TotalSeconds);
        await WebServer.StopAsync(_application, _options, logger);
        logger.Stopped();
    }

    static void Open(KestrelServerOptions kestrel, GatewayConfiguration configuration, GatewayKeys keys)
    {
        // Receivers' headers are passed on as they come, and some hold Japanese.
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
        kestrel.Limits.MaxConcurrentConnections = configuration.Limits.Connections;
        kestrel.Limits.MaxRequestBodySize = null;
        KestrelListeners.Open(kestrel, configuration.Listeners, configuration.Limits, keys);
    }

    void AddServices(
        IServiceCollection services,
        ConfigurationSource configuration,
        TransferService transfers,
        GatewayMetrics metrics,
        ILoggerFactory loggers)
    {
        services.AddRoutingCore();
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton(loggers);
        services.AddSingleton(_options.Time);
        services.AddSingleton(_options.ConfigurationHost);
        services.AddSingleton(configuration);
        services.AddSingleton(transfers);
        services.AddSingleton(metrics);
        services.AddSingleton(SoapOptions(configuration.Current.Configuration));
        services.AddSingleton<AnswerEnd>();
        services.AddSingleton<BatchFaults>();
        services.AddSingleton<PartnerProfiles>();
        services.AddSingleton<BatchService>();
        services.AddSingleton<CallerMiddleware>();
        // The time for stopping is watched in one place, which tells when it is over: two clocks could disagree.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
    }

    void Map(Func<PartnerProfiles, MessageLimits, RelayServices> relay, RequestDelegate? carrier)
    {
        var end = _application.Services.GetRequiredService<AnswerEnd>();
        var callers = _application.Services.GetRequiredService<CallerMiddleware>();
        _application.Use((context, next) => IsOpen(context.Request) ? next(context) : callers.InvokeAsync(context, next));
        _application.UseRouting();
        _application.MapHealth(() => _taking, withSeams: _options.Seams is not null);
        var service = _application.Services.GetRequiredService<BatchService>().Create();
        var options = _application.Services.GetRequiredService<SoapHostOptions>();
        _application.MapSoapService(BatchService.Path, service, options, end, carrier);
        var services = relay(_application.Services.GetRequiredService<PartnerProfiles>(), options.Message);
        _application.MapSoapRelay("/services/{organisationCode}/{service}", new ServiceRelay(services), options, end, carrier);
        _application.MapSoapRelay("/callbacks/{token}", new CallbackRelay(services), options, end, carrier);
        // A wrong address is often that of an upload: its caller too must find the answer and not a reset.
        _application.MapFallback("{**path}", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return end.SendAsync(context, static _ => Task.CompletedTask);
        });
    }

    // The batch contract and the health addresses hold nothing of any participant; all else is for participants, unless an operator
    // opens the contracts of services.
    bool IsOpen(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && (request.Path == BatchService.Path || request.Path.StartsWithSegments("/health")
            || _configuration.Current.Configuration.Catalogue is { Open: true } && request.Path.StartsWithSegments("/services"));

    // The SOAP layer's limits hold from start to stop, as the listeners do; Core's follow each reload.
    SoapHostOptions SoapOptions(GatewayConfiguration configuration) => SoapOptions(configuration.Limits) with
    {
        PublicRoot = configuration.Gateway.PublicUrl,
    };

    SoapHostOptions SoapOptions(LimitSettings limits) => new()
    {
        Message = MessageLimits.Default with
        {
            Envelope = EnvelopeLimits.Default with
            {
                RootBytes = (int)limits.RootBytes,
                EnvelopeDepth = limits.EnvelopeDepth,
                EnvelopeNodes = limits.EnvelopeNodes,
                ElementAttributes = limits.ElementAttributes,
                NameLength = limits.NameLength,
                NamespaceLength = limits.NamespaceLength,
                HeaderNodes = limits.HeaderNodes,
            },
            Multipart = MultipartOptions.Default with
            {
                Parts = limits.Parts,
                PartHeaderBytes = (int)limits.PartHeaderBytes,
                PartHeaders = limits.PartHeaders,
                PreambleBytes = (int)limits.PreambleBytes,
                EpilogueBytes = (int)limits.EpilogueBytes,
                PaddingBytes = (int)limits.PaddingBytes,
            },
            PreRootSpoolBytes = (int)limits.PreRootSpoolBytes,
        },
        HeaderAndRootTime = limits.HeaderAndRootTime,
        AttachmentSilence = limits.AttachmentSilence,
        AttachmentMinimumRate = (int)limits.AttachmentMinimumRate,
        AttachmentRateWindow = limits.AttachmentRateWindow,
        DrainBytes = limits.DrainBytes,
        DrainTime = limits.DrainTime,
        Drains = limits.Drains,
        Time = _options.Time,
    };
}
