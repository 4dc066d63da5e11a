using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Contract.Tests.Receipts;

/// <summary>Self-signed certificates, made once for all tests.</summary>
static class TestKeys
{
    public static readonly X509Certificate2 P256 = Ecdsa(ECCurve.NamedCurves.nistP256, "P-256");
    public static readonly X509Certificate2 OtherP256 = Ecdsa(ECCurve.NamedCurves.nistP256, "another P-256");
    public static readonly X509Certificate2 P384 = Ecdsa(ECCurve.NamedCurves.nistP384, "P-384");
    public static readonly X509Certificate2 P521 = Ecdsa(ECCurve.NamedCurves.nistP521, "P-521");
    public static readonly X509Certificate2 Rsa2048 = Rsa(2048);
    public static readonly X509Certificate2 Rsa1024 = Rsa(1024);

    static X509Certificate2 Ecdsa(ECCurve curve, string name)
    {
        using var key = ECDsa.Create(curve);
        return SelfSigned(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256));
    }

    static X509Certificate2 Rsa(int bits)
    {
        using var key = RSA.Create(bits);
        return SelfSigned(new CertificateRequest($"CN=RSA-{bits}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    static X509Certificate2 SelfSigned(CertificateRequest request)
    {
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return request.CreateSelfSigned(from, from.AddYears(10));
    }
}
