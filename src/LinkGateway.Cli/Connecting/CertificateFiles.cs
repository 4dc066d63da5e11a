using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkGateway.Cli.Texts;

namespace LinkGateway.Cli.Connecting;

/// <summary>Reads certificates in the forms that operators have them in.</summary>
static class CertificateFiles
{
    /// <summary>The variable that holds the password of a PFX file.</summary>
    public const string PfxPassword = "LINKGW_CERT_PASSWORD";

    static readonly string[] PfxExtensions = [".pfx", ".p12"];

    /// <summary>The certificates of files in PEM (one or more in a file) or DER.</summary>
    /// <exception cref="UsageException">A file cannot be read or holds no certificate.</exception>
    public static IReadOnlyList<X509Certificate2> Trusted(IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Read(path, Certificates))];

    /// <summary>A certificate with its private key, from PFX, or from PEM that holds both.</summary>
    /// <exception cref="UsageException">The file cannot be read or holds no certificate with key.</exception>
    public static X509Certificate2 WithKey(string path, Func<string, string?> variable) => Read(path, file =>
        PfxExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
            ? X509CertificateLoader.LoadPkcs12FromFile(file, variable(PfxPassword))
            : X509Certificate2.CreateFromPemFile(file));

    static X509Certificate2Collection Certificates(string path)
    {
        var bytes = File.ReadAllBytes(path);
        X509Certificate2Collection certificates = [];
        if (bytes.AsSpan().IndexOf("-----BEGIN CERTIFICATE-----"u8) >= 0) certificates.ImportFromPem(Encoding.ASCII.GetString(bytes));
        else certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
        return certificates;
    }

    static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException(Say.Text(Messages.CertificateUnreadable, path, e.Message));
        }
    }
}
