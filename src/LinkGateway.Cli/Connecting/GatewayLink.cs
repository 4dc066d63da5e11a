using System.Globalization;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;

namespace LinkGateway.Cli.Connecting;

/// <summary>Connections to one gateway, and the client over them.</summary>
sealed class GatewayLink : IDisposable
{
    readonly HttpClient _http;

    GatewayLink(HttpClient http, BatchClient client) => (_http, Client) = (http, client);

    /// <summary>The batch service.</summary>
    public BatchClient Client { get; }

    /// <summary>Prepares the connections.</summary>
    /// <exception cref="UsageException">The address cannot be used.</exception>
    public static GatewayLink Open(Uri address, ConnectionOptions options, CliHost host)
    {
        try
        {
            var http = GatewayConnections.Create(address, options, host.Time);
            return new GatewayLink(http, new BatchClient(http, address, new() { Language = CultureInfo.CurrentUICulture.Name }, host.Time));
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Say.Text(Messages.ServerUnusable, address, e.Message));
        }
    }

    public void Dispose() => _http.Dispose();
}
