using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Security;

/// <summary>The certificates that the gateway shows and signs with: configured, or made on first start.</summary>
sealed class GatewayKeys : IDisposable
{
    readonly Dictionary<string, X509Certificate2> _all = [];
    readonly Dictionary<ListenerSettings, ConfiguredCertificate> _tls = new(ReferenceEqualityComparer.Instance);

    GatewayKeys()
    {
    }

    /// <summary>All certificates by a name for the log.</summary>
    public IReadOnlyDictionary<string, X509Certificate2> All => _all;

    /// <summary>Signs receipts.</summary>
    public required ReceiptSigner Signer { get; init; }

    /// <summary>The certificate of a TLS listener.</summary>
    public ConfiguredCertificate ForListener(ListenerSettings listener) => _tls[listener];

    /// <summary>Reads configured certificates and makes those that are missing.</summary>
    /// <exception cref="StartException">A certificate cannot be used.</exception>
    public static async ValueTask<GatewayKeys> LoadAsync(
        GatewayConfiguration configuration,
        OwnCertificates own,
        IConfigurationHost host,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var receipt = configuration.Receipts.Certificate is { } settings
            ? Configured("receipts.certificate", settings, host).Certificate
            : await OwnAsync(OwnCertificate.Receipt, own, logger, cancellationToken);
        var keys = new GatewayKeys { Signer = SignerOf(receipt) };
        keys._all["receipt"] = receipt;
        var listeners = configuration.Listeners.Concat(configuration.Operator?.Listeners ?? []);
        foreach (var listener in listeners.Where(listener => listener.Url.Scheme == Uri.UriSchemeHttps))
            await keys.AddListenerAsync(listener, own, host, logger, cancellationToken);
        return keys;
    }

    public void Dispose()
    {
        Signer.Dispose();
        foreach (var certificate in _all.Values)
            certificate.Dispose();
    }

    async ValueTask AddListenerAsync(
        ListenerSettings listener, OwnCertificates own, IConfigurationHost host, ILogger logger, CancellationToken cancellationToken)
    {
        if (listener.Certificate is { } settings)
        {
            var configured = Configured("listeners.certificate", settings, host);
            _tls[listener] = configured;
            _all[listener.Url.ToString()] = configured.Certificate;
            return;
        }
        if (!_all.TryGetValue(OwnCertificate.Tls.Name, out var made))
            _all[OwnCertificate.Tls.Name] = made = await OwnAsync(OwnCertificate.Tls, own, logger, cancellationToken);
        _tls[listener] = new ConfiguredCertificate(made, []);
    }

    static async ValueTask<X509Certificate2> OwnAsync(
        OwnCertificate wanted, OwnCertificates own, ILogger logger, CancellationToken cancellationToken)
    {
        var (certificate, made) = await own.ReadOrMakeAsync(wanted, cancellationToken);
        var thumbprint = Participant.ThumbprintOf(certificate).ToString();
        if (made)
            logger.CertificateMade(wanted.Name, certificate.NotAfter, thumbprint, own.PublicFile(wanted));
        return certificate;
    }

    static ConfiguredCertificate Configured(string path, CertificateSettings settings, IConfigurationHost host)
    {
        try
        {
            return ConfiguredCertificate.Read(settings, host);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartException(ExitCode.BadConfiguration, [$"$.{path}: {error.Message}"], error);
        }
    }

    static ReceiptSigner SignerOf(X509Certificate2 certificate)
    {
        try
        {
            return new ReceiptSigner(certificate);
        }
        catch (ArgumentException error)
        {
            throw new StartException(ExitCode.BadConfiguration, [$"$.receipts.certificate: {error.Message}"], error);
        }
    }
}
