using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Server.Tests.Support;

/// <summary>A gateway in this process, on free ports, in a folder of its own.</summary>
sealed class TestGateway : IAsyncDisposable
{
    bool _ownsFolder;

    TestGateway(GatewayFolder folder, GatewayHost host, LogCapture log) => (Folder, Host, Log) = (folder, host, log);

    public GatewayFolder Folder { get; }

    public GatewayHost Host { get; }

    public LogCapture Log { get; }

    public Uri Address => AddressOf("https://");

    public Uri PlainAddress => AddressOf("http://");

    /// <summary>The server certificate that the gateway made.</summary>
    public X509Certificate2 ServerCertificate =>
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder.Data, "keys", "tls.cer"));

    public static async Task<TestGateway> StartAsync(Action<JsonNode>? change = null, Action<GatewayFolder>? prepare = null)
    {
        var folder = new GatewayFolder();
        prepare?.Invoke(folder);
        folder.Configure(change);
        var gateway = await StartInAsync(folder);
        gateway._ownsFolder = true;
        return gateway;
    }

    /// <summary>Starts in a folder that stays, for a later start.</summary>
    public static async Task<TestGateway> StartInAsync(GatewayFolder folder, Func<GatewayHostOptions, GatewayHostOptions>? with = null)
    {
        var log = new LogCapture();
        var options = Options(folder, log);
        return new TestGateway(folder, await GatewayHost.StartAsync(with?.Invoke(options) ?? options), log);
    }

    public static GatewayHostOptions Options(GatewayFolder folder, LogCapture log) => new()
    {
        ConfigurationPath = folder.ConfigurationPath,
        Logging = logging => logging.AddProvider(log),
        StopTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>The batch service as a participant with a password sees it.</summary>
    public BatchClient As(string user, string password = GatewayFolder.Password) =>
        Client(new ConnectionOptions { User = user, Password = password, TrustedServerCertificates = [ServerCertificate] });

    /// <summary>The batch service as the holder of a certificate sees it.</summary>
    public BatchClient As(X509Certificate2 certificate) =>
        Client(new ConnectionOptions { ClientCertificate = certificate, TrustedServerCertificates = [ServerCertificate] });

    public BatchClient Client(ConnectionOptions options, Uri? address = null) => new(Connect(options, address), address ?? Address);

    public HttpClient Connect(ConnectionOptions? options = null, Uri? address = null) => GatewayConnections.Create(
        address ?? Address, options ?? new ConnectionOptions { TrustedServerCertificates = [ServerCertificate] });

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_ownsFolder)
            Folder.Dispose();
    }

    Uri AddressOf(string scheme) => new(Host.Listeners.First(address => address.StartsWith(scheme, StringComparison.Ordinal)) + "/batch");
}
