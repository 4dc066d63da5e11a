using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Client.Gateway;

/// <summary>Certificates for tests.</summary>
static class TestCertificates
{
    /// <summary>A certificate for <paramref name="name"/> and the loopback address, self-signed.</summary>
    public static X509Certificate2 Create(string name, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var end = notAfter ?? DateTimeOffset.UtcNow.AddDays(1);
        using var certificate = Request(name, key, IPAddress.Loopback).CreateSelfSigned(end.AddDays(-2), end);
        return WithKey(certificate);
    }

    /// <summary>An authority; one under another where a parent is given.</summary>
    public static X509Certificate2 CreateAuthority(X509Certificate2? parent = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = parent is null ? "CN=authority" : "CN=intermediate";
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        if (parent is null)
        {
            using var root = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
            return WithKey(root);
        }
        using var issued = request.Create(parent, now.AddDays(-1.5), now.AddDays(1.5), [7]);
        using var certificate = issued.CopyWithPrivateKey(key);
        return WithKey(certificate);
    }

    /// <summary>A certificate for one address, issued by an authority.</summary>
    public static X509Certificate2 Issue(X509Certificate2 authority, IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var issued = Request("gateway", key, address).Create(authority, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        using var certificate = issued.CopyWithPrivateKey(key);
        return WithKey(certificate);
    }

    static CertificateRequest Request(string name, ECDsa key, IPAddress address)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    static X509Certificate2 WithKey(X509Certificate2 certificate)
    {
        // Through PFX, because an ephemeral key cannot serve TLS on every platform.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
