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

    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Verifies a receipt document.</summary>
    /// <param name="document">The exact bytes.</param>
    /// <param name="trusted">The certificates whose receipts are believed, old ones included; ECDSA P-256 or P-384, or RSA from 2048
    /// bits.</param>
    public static ReceiptVerification Verify(ReadOnlyMemory<byte> document, IReadOnlyCollection<X509Certificate2> trusted)
    {
        if (document.Length > MaxDocumentBytes)
            return ReceiptVerification.Not(ReceiptVerdict.Malformed, $"more than {MaxDocumentBytes} bytes");

        try
        {
            return Judge(Parse(document), trusted);
        }
        catch (XmlException e)
        {
            return ReceiptVerification.Not(ReceiptVerdict.Malformed, e.Message);
        }
    }

    static ReceiptVerification Judge(XmlDocument document, IReadOnlyCollection<X509Certificate2> trusted)
    {
        if (document.SelectSingleNode("//comment() | //processing-instruction()") is not null)
            return ReceiptVerification.Not(ReceiptVerdict.WrongShape, "comments and processing instructions are not allowed");

        var detached = EnvelopedSignature.Detach(document);
        if (detached.Signature is not { } signature) return ReceiptVerification.Not(ReceiptVerdict.WrongShape, detached.Problem);

        using var reader = new XmlNodeReader(document);
        reader.MoveToContent();
        var root = reader.NamespaceURI == DraftRoot.Namespace ? DraftRoot : Root;
        var read = FieldReader.Read(reader, root, ReceiptXml.Shape, TimeZoneInfo.Utc);
        if (!read.Succeeded) return ReceiptVerification.Not(ReceiptVerdict.WrongShape, read.Refusal.ToString());

        var receipt = read.Value;
        if (trusted.FirstOrDefault(candidate => ReceiptKeyId.Of(candidate) == receipt.KeyId) is not { } certificate)
            return ReceiptVerification.Not(ReceiptVerdict.NotTrusted, $"key {receipt.KeyId} is not among the trusted certificates");

        return signature.FindFlaw(document, certificate) is { } flaw
            ? ReceiptVerification.Not(ReceiptVerdict.Tampered, flaw)
            : ReceiptVerification.Valid(receipt.Content);
    }

    static XmlDocument Parse(ReadOnlyMemory<byte> document)
    {
        // White space is covered by the signature.
        var xml = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var stream = new MemoryStream(document.ToArray(), writable: false);
        using var reader = XmlReader.Create(stream, Settings);
        xml.Load(reader);
        return xml;
    }
}
