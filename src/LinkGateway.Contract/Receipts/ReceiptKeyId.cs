using System.Security.Cryptography.X509Certificates;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Receipts;

/// <summary>Names the key that signed a receipt.</summary>
public static class ReceiptKeyId
{
    /// <summary>SHA-256 of the certificate's DER bytes, as <c>openssl x509 -fingerprint -sha256</c> shows it.</summary>
    public static Sha256Digest Of(X509Certificate2 certificate) => Sha256Digest.Of(certificate.RawDataMemory.Span);
}
