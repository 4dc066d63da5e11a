using System.Globalization;
using LinkGateway.Cli.Texts;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Operator;

namespace LinkGateway.Cli.Connecting;

/// <summary>Connections to one gateway's listener for operators, and the client over them.</summary>
sealed class OperatorLink : IDisposable
{
    readonly HttpClient _http;

    OperatorLink(HttpClient http, OperatorClient client) => (_http, Client) = (http, client);

    /// <summary>The operator API.</summary>
    public OperatorClient Client { get; }

    /// <summary>Prepares the connections.</summary>
    /// <exception cref="UsageException">The address cannot be used.</exception>
    public static OperatorLink Open(Uri address, ConnectionOptions options, CliHost host)
    {
        try
        {
            var http = GatewayConnections.Create(address, options, host.Time);
            return new OperatorLink(
                http, new OperatorClient(http, address, new() { Language = CultureInfo.CurrentUICulture.Name }, host.Time));
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Say.Text(Messages.ServerUnusable, address, e.Message));
        }
    }

    public void Dispose() => _http.Dispose();
}
