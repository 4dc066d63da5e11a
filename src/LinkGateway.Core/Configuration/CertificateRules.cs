using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Directory;

namespace LinkGateway.Core.Configuration;

/// <summary>Reads every certificate that the configuration names, so that a wrong file is found at once and not in the night.</summary>
static class CertificateRules
{
    public static void Check(
        GatewayConfiguration configuration, IConfigurationHost host, Dictionary<string, X509Certificate2> certificates, ErrorList errors)
    {
        foreach (var (index, issuer) in configuration.Receipts.Trust.Index())
            Load($"$.receipts.trust[{index}].certificates", issuer.Certificates);
        foreach (var (index, destination) in configuration.Destinations.Index())
            Load($"$.destinations[{index}].trustedCertificates", TrustedCertificates(destination));
        foreach (var (index, pull) in configuration.Pulls.Index())
            Load($"$.pulls[{index}].trustedCertificates", pull.TrustedCertificates);
        foreach (var (index, webhook) in configuration.Notices.Webhooks.Index())
            Load($"$.notices.webhooks[{index}].trustedCertificates", webhook.TrustedCertificates);

        var owners = new Dictionary<Sha256Digest, string>();
        foreach (var (index, participant) in configuration.Participants.Index())
        {
            Load($"$.participants[{index}].notices.trustedCertificates", participant.Notices?.TrustedCertificates ?? []);
            var paths = participant.Credentials?.Certificates ?? [];
            Load($"$.participants[{index}].credentials.certificates", paths);
            foreach (var (number, path) in paths.Index())
            {
                if (!certificates.TryGetValue(path, out var certificate)) continue;
                var thumbprint = Participant.ThumbprintOf(certificate);
                if (!owners.TryAdd(thumbprint, participant.Id))
                    errors.Add($"$.participants[{index}].credentials.certificates[{number}]",
                        $"it is the certificate of {owners[thumbprint]} already", "Give each participant its own");
            }
        }

        void Load(string jsonPath, IReadOnlyList<string> paths)
        {
            foreach (var (index, path) in paths.Index())
            {
                if (certificates.ContainsKey(path) || errors.Holds(JsonPaths.Element(jsonPath, index))) continue;
                try
                {
                    certificates.Add(path, X509CertificateLoader.LoadCertificate(host.ReadFile(path)));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
                {
                    errors.Add(JsonPaths.Element(jsonPath, index), $"the certificate {path} cannot be read: {e.Message.TrimEnd('.')}",
                        "Put a certificate there, as DER or PEM");
                }
            }
        }
    }

    static IReadOnlyList<string> TrustedCertificates(Destination destination) => destination switch
    {
        GatewayDestination gateway => gateway.TrustedCertificates,
        ServiceDestination service => service.TrustedCertificates,
        ReceiverDestination receiver => receiver.TrustedCertificates,
        _ => [],
    };
}
