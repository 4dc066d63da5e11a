using LinkGateway.Server.Logging;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LinkGateway.Server.Hosting;

/// <summary>Starts and stops a web application; the gateway has one for participants and one for operators.</summary>
static class WebServer
{
    /// <summary>Binds the listeners.</summary>
    /// <returns>Their addresses, with the ports as bound.</returns>
    /// <exception cref="StartException">An address cannot be bound.</exception>
    public static async Task<IReadOnlyList<string>> StartAsync(WebApplication application, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new StartException(ExitCode.AddressInUse, [$"A listener cannot be opened: {error.Message}"], error);
        }
        var server = application.Services.GetRequiredService<IServer>();
        return [.. server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
    }

    /// <summary>Stops listening and lets running requests finish, within the time for stopping.</summary>
    public static async ValueTask StopAsync(WebApplication application, GatewayHostOptions options, ILogger logger)
    {
        using var patience = new CancellationTokenSource(options.StopTimeout, options.Time);
        try
        {
            await application.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }
        if (patience.IsCancellationRequested)
            logger.StoppedHard();
        await application.DisposeAsync();
    }
}
