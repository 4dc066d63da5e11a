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

    public static Connection Open(GatewayUnderTest gateway)
    {
        var address = new Uri(gateway.Address + "/batch");
        var server = X509CertificateLoader.LoadCertificateFromFile(gateway.Key("tls"));
        var http = GatewayConnections.Create(address, new ConnectionOptions
        {
            User = GatewayUnderTest.Origin,
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
