using System.Security.Cryptography.X509Certificates;
using System.Xml;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Receipts;

/// <summary>Verifies receipts against configured certificates, never against what a receipt brings along in KeyInfo.</summary>
/// <remarks>
/// One shape is accepted and everything else refused, so that nothing can stand in a valid receipt that its signature does not cover: one
/// enveloped signature as the root's last child, one reference with <c>URI=""</c>, the transforms enveloped-signature and exclusive c14n in
/// this order, SHA-256, and one of ecdsa-sha256, ecdsa-sha384 and rsa-sha256; no DTD, comment or processing instruction, nothing fetched.
/// Whether the certificate is that of the issuer named is the caller's to decide by the certificates that it passes; the dates in them are
/// not judged, since receipts are evidence for years and keys overlap in rotation. Thread-safe.
/// </remarks>
public static class ReceiptVerifier
{
    /// <summary>The largest document that is looked at, in bytes.</summary>
    public const int MaxDocumentBytes = 64 * 1024;

    static readonly XmlQualifiedName Root = new(ReceiptXml.Root, BatchNames.ReceiptNamespace);
    static readonly XmlQualifiedName DraftRoot = new(ReceiptXml.Root, BatchNames.DraftReceiptNamespace);

    /// <summary>Verifies a receipt document.</summary>
    /// <param name="document">The exact bytes.</param>
    /// <param name="trusted">The certificates whose receipts are believed, old ones included; ECDSA P-256 or P-384, or RSA from 2048
    /// bits.</param>
    public static ReceiptVerification Verify(ReadOnlyMemory<byte> document, IReadOnlyCollection<X509Certificate2> trusted)
    {
        var (verdict, reason, receipt) = SignedDocument.Verify(
            document, MaxDocumentBytes, found => found == DraftRoot.Namespace ? DraftRoot : Root, ReceiptXml.Shape, keyed => keyed.KeyId,
            trusted);
        return receipt is null ? ReceiptVerification.Not(verdict, reason) : ReceiptVerification.Valid(receipt.Content);
    }
}
