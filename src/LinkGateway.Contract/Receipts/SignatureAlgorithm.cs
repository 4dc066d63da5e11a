using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Contract.Receipts;

/// <summary>The signature algorithms that receipts may use; everything else is refused.</summary>
/// <param name="Uri">Identifier in SignatureMethod (RFC 6931 2.3).</param>
/// <param name="Hash">Hash over the canonical SignedInfo.</param>
sealed record SignatureAlgorithm(string Uri, HashAlgorithmName Hash)
{
    const int MinRsaBits = 2048;

    static readonly SignatureAlgorithm EcdsaSha256 = new("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", HashAlgorithmName.SHA256);
    static readonly SignatureAlgorithm EcdsaSha384 = new("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", HashAlgorithmName.SHA384);
    static readonly SignatureAlgorithm RsaSha256 = new("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", HashAlgorithmName.SHA256);

    /// <summary>The listed algorithm of that identifier, or null.</summary>
    public static SignatureAlgorithm? Find(string uri) =>
        Array.Find([EcdsaSha256, EcdsaSha384, RsaSha256], algorithm => algorithm.Uri == uri);

    /// <summary>The algorithm that goes with a certificate's key; null when the key is of another kind or too short.</summary>
    public static SignatureAlgorithm? For(X509Certificate2 certificate)
    {
        using var ecdsa = certificate.GetECDsaPublicKey();
        using var rsa = certificate.GetRSAPublicKey();
        return For(ecdsa, rsa);
    }

    /// <summary>A handle of its own on the certificate's private key, for one thread at a time.</summary>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    public static AsymmetricAlgorithm PrivateKey(X509Certificate2 certificate) =>
        (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()
        ?? throw new ArgumentException("The certificate for signing receipts has no private key.", nameof(certificate));

    public byte[] Sign(AsymmetricAlgorithm key, byte[] data) => key switch
    {
        // XML Signature 1.1 6.4.3: r and s side by side, not DER; that is what SignData makes.
        ECDsa ecdsa => ecdsa.SignData(data, Hash),
        RSA rsa => rsa.SignData(data, Hash, RSASignaturePadding.Pkcs1),
        _ => throw new UnreachableException(),
    };

    /// <summary>True when the signature was made by the certificate's key with this algorithm.</summary>
    public bool Verify(X509Certificate2 certificate, byte[] data, byte[] signature)
    {
        using var ecdsa = certificate.GetECDsaPublicKey();
        using var rsa = certificate.GetRSAPublicKey();
        if (For(ecdsa, rsa) != this) return false;
        return ecdsa?.VerifyData(data, signature, Hash) ?? rsa!.VerifyData(data, signature, Hash, RSASignaturePadding.Pkcs1);
    }

    static SignatureAlgorithm? For(ECDsa? ecdsa, RSA? rsa) => (ecdsa?.KeySize, rsa?.KeySize) switch
    {
        (256, _) => EcdsaSha256,
        (384, _) => EcdsaSha384,
        (_, >= MinRsaBits) => RsaSha256,
        _ => null,
    };
}
