using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Server.Operator;

/// <summary>Whether the certificates of a configuration open and are in force, and its secrets can be had.</summary>
sealed class KeyProbe(FindingList findings, IConfigurationHost host, TimeProvider time)
{
    // As the watch over the gateway's own certificates.
    static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    public void Check(GatewayConfiguration configuration)
    {
        CheckListeners("$.listeners", configuration.Listeners);
        CheckListeners("$.operator.listeners", configuration.Operator?.Listeners ?? []);
        CheckCertificate("$.receipts.certificate", configuration.Receipts.Certificate, signs: true);
        foreach (var (index, issuer) in configuration.Receipts.Trust.Index())
            CheckPartners($"$.receipts.trust[{index}].certificates", issuer.Certificates);
        foreach (var (index, participant) in configuration.Participants.Index())
        {
            CheckSecret($"$.participants[{index}].credentials.basic.password", participant.Credentials?.Basic?.Password);
            CheckPartners($"$.participants[{index}].credentials.certificates", participant.Credentials?.Certificates ?? []);
            if (participant.Notices is { } callback)
                CheckOutbound($"$.participants[{index}].notices", callback.Credentials, callback.TrustedCertificates);
        }

        foreach (var (index, destination) in configuration.Destinations.Index())
        {
            var (credentials, trusted) = destination switch
            {
                GatewayDestination gateway => (gateway.Credentials, gateway.TrustedCertificates),
                ServiceDestination service => (service.Credentials, service.TrustedCertificates),
                ReceiverDestination receiver => (receiver.Credentials, receiver.TrustedCertificates),
                _ => (null, []),
            };
            CheckOutbound($"$.destinations[{index}]", credentials, trusted);
        }

        foreach (var (index, webhook) in configuration.Notices.Webhooks.Index())
        {
            CheckOutbound($"$.notices.webhooks[{index}]", webhook.Credentials, webhook.TrustedCertificates);
            CheckSecret($"$.notices.webhooks[{index}].bearer", webhook.Bearer);
            CheckSecret($"$.notices.webhooks[{index}].signingSecret", webhook.SigningSecret);
        }
    }

    void CheckOutbound(string path, OutboundCredentials? credentials, IReadOnlyList<string> trusted)
    {
        CheckSecret($"{path}.credentials.basic.password", credentials?.Basic?.Password);
        CheckCertificate($"{path}.credentials.certificate", credentials?.Certificate);
        CheckPartners($"{path}.trustedCertificates", trusted);
    }

    void CheckListeners(string path, IReadOnlyList<ListenerSettings> listeners)
    {
        foreach (var (index, listener) in listeners.Index()) CheckCertificate($"{path}[{index}].certificate", listener.Certificate);
    }

    void CheckSecret(string path, SecretReference? secret)
    {
        if (secret is null || secret.Kind == SecretKind.Hash) return;
        if (!secret.TryResolve(host, out _, out var problem))
            findings.Error(path, problem.TrimEnd('.'), "Set it where the gateway's process runs");
    }

    void CheckCertificate(string path, CertificateSettings? settings, bool signs = false)
    {
        if (settings is null) return;
        try
        {
            using var certificate = ConfiguredCertificate.Read(settings, host).Certificate;
            CheckValidity(path, certificate);
            if (signs) new ReceiptSigner(certificate).Dispose();
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            findings.Error(path, error.Message.TrimEnd('.'), "Put a certificate with its key there, and state its password");
        }
    }

    void CheckPartners(string path, IReadOnlyList<string> files)
    {
        foreach (var (index, file) in files.Index())
        {
            using var certificate = X509CertificateLoader.LoadCertificate(host.ReadFile(file));
            CheckValidity($"{path}[{index}]", certificate);
        }
    }

    void CheckValidity(string path, X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        var until = certificate.NotAfter.ToUniversalTime();
        if (now > until) findings.Error(path, $"it expired on {until:yyyy-MM-dd}", "Replace it");
        else if (now < certificate.NotBefore.ToUniversalTime())
            findings.Error(path, $"it is not in force before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC",
                "Wait, or replace it");
        else if (until - now < Notice) findings.Warning(path, $"it expires on {until:yyyy-MM-dd}", "Replace it before");
    }
}
