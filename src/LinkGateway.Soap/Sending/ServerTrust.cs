using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Soap.Sending;

/// <summary>Judges a server's certificate by pinned ones instead of the machine's roots. Thread-safe.</summary>
sealed class ServerTrust(IReadOnlyList<X509Certificate2> pinned, TimeProvider time)
{
    /// <param name="presented">The server's certificate.</param>
    /// <param name="shown">What the handshake made of it, with the intermediate certificates that the server sent along.</param>
    /// <param name="errors">What is wrong by the machine's own measure.</param>
    public bool Accepts(X509Certificate? presented, X509Chain? shown, SslPolicyErrors errors)
    {
        if (presented is not X509Certificate2 certificate) return false;
        if (pinned.Any(one => one.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))) return IsInForce(certificate);
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && IsIssuedByPinned(certificate, shown);
    }

    bool IsInForce(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        return now >= certificate.NotBefore.ToUniversalTime() && now <= certificate.NotAfter.ToUniversalTime();
    }

    bool IsIssuedByPinned(X509Certificate2 certificate, X509Chain? shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(pinned.ToArray());
        if (shown is not null) chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        // Private authorities of municipalities rarely publish revocation lists that a job's machine can reach.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().LocalDateTime;
        return chain.Build(certificate);
    }
}
