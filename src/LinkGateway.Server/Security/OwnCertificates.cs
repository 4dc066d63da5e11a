using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkGateway.Core.Files;
using LinkGateway.Server.Hosting;

namespace LinkGateway.Server.Security;

/// <summary>
/// Makes and reads the gateway's own certificates: ECDSA P-256, self-signed, in the key directory as <c>NAME.pem</c> (certificate and key,
/// readable by the gateway's user only, never overwritten) and <c>NAME.cer</c> (the certificate alone, for partners to trust).
/// </summary>
/// <param name="directory">The key directory.</param>
/// <param name="gatewayId">Id of the gateway, for the subject.</param>
/// <param name="files">Makes the new names durable.</param>
/// <param name="time">The clock.</param>
public sealed class OwnCertificates(string directory, string gatewayId, IFileSystem files, TimeProvider time)
{
    // RFC 5280 4.2.1.12: id-kp-serverAuth.
    static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Reads the certificate, made before if it is not there yet.</summary>
    /// <param name="wanted">Which one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate with its key, and whether it was made just now.</returns>
    /// <exception cref="StartException">The file is there but cannot be read; it is left as it is.</exception>
    public async ValueTask<(X509Certificate2 Certificate, bool Made)> ReadOrMakeAsync(
        OwnCertificate wanted, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, wanted.Name + ".pem");
        var made = !File.Exists(path);
        if (made)
            await MakeAsync(wanted, path, cancellationToken);
        var certificate = Read(path);
        var published = PublicFile(wanted);
        if (!File.Exists(published))
            await File.WriteAllTextAsync(published, certificate.ExportCertificatePem() + "\n", cancellationToken);
        return (certificate, made);
    }

    /// <summary>Path of the file with the certificate alone.</summary>
    public string PublicFile(OwnCertificate wanted) => Path.Combine(directory, wanted.Name + ".cer");

    static X509Certificate2 Read(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(path);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            var problem = $"The key file {path} cannot be read: {error.Message} "
                + "It is never replaced by itself: restore it, or move it away for a new one.";
            throw new StartException(ExitCode.DataUnavailable, [problem], error);
        }
    }

    async ValueTask MakeAsync(OwnCertificate wanted, string path, CancellationToken cancellationToken)
    {
        OwnerOnly.CreateDirectory(directory);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = SelfSign(wanted, key);
        var pem = Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        // A crash must leave no half of a key under the name that is never overwritten.
        var temporary = path + ".new";
        File.Delete(temporary);
        OwnerOnly.WriteNew(temporary, pem);
        CryptographicOperations.ZeroMemory(pem);
        await files.RenameAsync(temporary, path, replace: false, cancellationToken);
        await files.FlushDirectoryAsync(directory, cancellationToken);
    }

    X509Certificate2 SelfSign(OwnCertificate wanted, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(wanted.ForTls ? Dns.GetHostName() : gatewayId);
        subject.AddOrganizationalUnitName(wanted.Name);
        subject.AddOrganizationName("LinkGateway");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (wanted.ForTls)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
            request.CertificateExtensions.Add(AlternativeNames());
        }
        // An hour back: partners' clocks are not ours.
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now + wanted.Validity);
    }

    static X509Extension AlternativeNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var host = Dns.GetHostName();
        if (Uri.CheckHostName(host) == UriHostNameType.Dns && host != "localhost")
            names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }
}
