using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Core.Configuration;

/// <summary>A configured certificate with its private key, and the intermediate ones that are shown with it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Chain">The intermediate ones.</param>
public sealed record ConfiguredCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    /// <summary>Reads the certificate, its key and the chain beside it.</summary>
    /// <param name="settings">Where they are.</param>
    /// <param name="host">Where the password is read from.</param>
    /// <exception cref="CryptographicException">The files do not hold a certificate with its key, or the password is wrong.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ConfiguredCertificate Read(CertificateSettings settings, IConfigurationHost host)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var password = Resolve(settings.Password, host);
        return settings.Pfx is { } pfx ? ReadPfx(pfx, password) : ReadPem(settings.Pem!, settings.Key, password);
    }

    static ConfiguredCertificate ReadPfx(string path, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        var own = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException($"{path} holds no private key.");
        return new(own, [.. all.Where(one => one != own)]);
    }

    static ConfiguredCertificate ReadPem(string path, string? keyPath, string? password)
    {
        var own = password is null
            ? X509Certificate2.CreateFromPemFile(path, keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        return new(own, [.. all.Where(one => one.Thumbprint != own.Thumbprint)]);
    }

    static string? Resolve(SecretReference? secret, IConfigurationHost host)
    {
        if (secret is null)
            return null;
        return secret.TryResolve(host, out var text, out var problem)
            ? text
            : throw new CryptographicException($"The password cannot be had: {problem}.");
    }
}
