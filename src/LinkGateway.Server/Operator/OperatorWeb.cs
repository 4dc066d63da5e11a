using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Security;
using LinkGateway.Soap.AspNetCore.Hosting;

namespace LinkGateway.Server.Operator;

/// <summary>
/// The listeners for operators: a server of its own, so that no crowd of uploads keeps an operator out and no operator's address leads to
/// data.
/// </summary>
sealed class OperatorWeb
{
    // Of a few people and their scripts; the largest request holds a configuration.
    const int Connections = 100;
    const int RequestBytes = 4 << 20;

    readonly WebApplication _application;
    readonly GatewayHostOptions _options;

    public OperatorWeb(
        ConfigurationSource configuration, OperatorSettings settings, GatewayKeys keys, OperatorRequests requests, NoticeRequests notices,
        GatewayHostOptions options, ILoggerFactory loggers)
    {
        _options = options;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = Connections;
            kestrel.Limits.MaxRequestBodySize = RequestBytes;
            KestrelListeners.Open(kestrel, settings.Listeners, configuration.Current.Configuration.Limits, keys);
        });
        builder.WebHost.UseStrictHttp();
        _application = builder.Build();
        _application.Use(new OperatorGate(configuration, options, loggers).InvokeAsync);
        _application.UseRouting();
        Map(requests, notices);
    }

    /// <summary>Binds the listeners.</summary>
    /// <returns>Their addresses, with the ports as bound.</returns>
    /// <exception cref="StartException">An address cannot be bound.</exception>
    public Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellationToken) =>
        WebServer.StartAsync(_application, cancellationToken);

    /// <summary>Stops listening and lets running requests finish, within the time for stopping.</summary>
    public ValueTask StopAsync(ILogger logger) => WebServer.StopAsync(_application, _options, logger);

    void Map(OperatorRequests requests, NoticeRequests notices)
    {
        _application.MapGet(OperatorPaths.Status, requests.StatusAsync);
        _application.MapGet(OperatorPaths.Deliveries, requests.DeliveriesAsync);
        _application.MapGet(OperatorPaths.Deliveries + "/{id}", requests.DeliveryAsync);
        _application.MapPost(OperatorPaths.Deliveries + "/{id}/{verb}", requests.OrderAsync);
        _application.MapGet(OperatorPaths.Transfers, requests.TransfersAsync);
        _application.MapGet(OperatorPaths.Orders, requests.OrdersAsync);
        _application.MapGet(OperatorPaths.Schedule, requests.ScheduleAsync);
        _application.MapGet(OperatorPaths.Standing, requests.StandingOrdersAsync);
        _application.MapPost(OperatorPaths.Standing, requests.GiveStandingOrderAsync);
        _application.MapGet(OperatorPaths.Replays, requests.ReplaysAsync);
        _application.MapPost(OperatorPaths.Replays, requests.ReplayAsync);
        _application.MapGet(OperatorPaths.Replays + "/{id}", requests.ShowReplayAsync);
        _application.MapPost(OperatorPaths.Replays + "/{id}/stop", requests.StopReplayAsync);
        _application.MapGet(OperatorPaths.Notices, notices.ListAsync);
        _application.MapPost(OperatorPaths.NoticesTest, notices.TestAsync);
        _application.MapGet(OperatorPaths.Forecast, requests.ForecastAsync);
        _application.MapGet(OperatorPaths.Expected, requests.ExpectedAsync);
        _application.MapPost(OperatorPaths.ConfigurationCheck, requests.CheckConfigurationAsync);
        _application.MapFallback("{**path}", OperatorRequests.NothingHereAsync);
    }
}
