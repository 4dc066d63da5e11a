using System.Security.Cryptography.X509Certificates;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.LoadBench.Processes;

namespace LinkGateway.LoadBench.Load;

/// <summary>A client of a gateway under test, by the client library over HTTPS.</summary>
sealed class Connection : IDisposable
{
    readonly HttpClient _http;
    readonly X509Certificate2 _server;

    Connection(HttpClient http, X509Certificate2 server, BatchClient batch) => (_http, _server, Batch) = (http, server, batch);

    public BatchClient Batch { get; }

    /// <summary>Opens it.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="port">Port on this machine that leads to it; null: its own.</param>
    public static Connection Open(GatewayUnderTest gateway, string user = GatewayUnderTest.Origin, int? port = null)
    {
        var address = port is null ? gateway.Batch : new UriBuilder(gateway.Batch) { Port = port.Value }.Uri;
        var server = X509CertificateLoader.LoadCertificateFromFile(gateway.Key("tls"));
        var http = GatewayConnections.Create(address, new ConnectionOptions
        {
            User = user,
            Password = GatewayUnderTest.Password,
            TrustedServerCertificates = [server],
        });
        return new Connection(http, server, new BatchClient(http, address));
    }

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }
}
