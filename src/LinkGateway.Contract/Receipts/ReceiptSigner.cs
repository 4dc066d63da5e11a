using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Statements;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Receipts;

/// <summary>Signs receipts: enveloped XML Signature, exclusive c14n, SHA-256, with the key of one certificate.</summary>
/// <remarks>
/// <para>
/// ECDSA P-256 signs with ecdsa-sha256, P-384 with ecdsa-sha384, RSA from 2048 bits with rsa-sha256. The document is UTF-8 without XML
/// declaration; KeyInfo carries the certificate for whoever wants to see it, and the signed field <c>keyId</c> names it.
/// </para>
/// <para>
/// Receipt and SignedInfo are written in their canonical form in the first place (as the bytes that exclusive c14n would make of them),
/// because parsing and canonicalising what was just written costs several times more than the ECDSA signature itself.
/// </para>
/// <para>Thread-safe: each call uses a key handle of its own from a pool.</para>
/// </remarks>
public sealed class ReceiptSigner : IDisposable
{
    static readonly byte[] RootEnd = Encoding.UTF8.GetBytes($"</{ReceiptXml.Root}>");
    static readonly byte[] StatementEnd = Encoding.UTF8.GetBytes($"</{StatementXml.Root}>");

    readonly ConcurrentBag<AsymmetricAlgorithm> _keys = [];
    readonly X509Certificate2 _certificate;
    readonly SignatureAlgorithm _algorithm;
    readonly string _keyInfo;

    /// <summary>Takes the certificate whose key signs. It stays the caller's and must live as long as the signer.</summary>
    /// <exception cref="ArgumentException">The certificate has no private key, or one that is neither ECDSA P-256 or P-384 nor RSA from
    /// 2048 bits.</exception>
    public ReceiptSigner(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _algorithm = SignatureAlgorithm.For(certificate)
            ?? throw new ArgumentException("Receipts are signed with ECDSA P-256 or P-384, or RSA from 2048 bits.", nameof(certificate));
        _keys.Add(SignatureAlgorithm.PrivateKey(certificate));
        var der = Convert.ToBase64String(certificate.RawDataMemory.Span);
        _keyInfo = $"<KeyInfo><X509Data><X509Certificate>{der}</X509Certificate></X509Data></KeyInfo>";
        KeyId = ReceiptKeyId.Of(certificate);
    }

    /// <summary>Names the key in the receipts that it signs: SHA-256 of the certificate (DER).</summary>
    public Sha256Digest KeyId { get; }

    /// <summary>The signed receipt: the exact bytes that travel as <c>receiptDocument</c> and that verifiers read.</summary>
    /// <exception cref="ArgumentException">A text holds a character that XML cannot carry.</exception>
    public byte[] Sign(ReceiptContent content)
    {
        var receipt = CanonicalXml.Write(BatchNames.ReceiptNamespace, ReceiptXml.Root, new KeyedReceipt(content, KeyId), ReceiptXml.Shape);
        return Signed(receipt, RootEnd);
    }

    /// <summary>The signed statement, as it is kept.</summary>
    public byte[] Sign(StatementContent content)
    {
        var statement = CanonicalXml.Write(
            StatementXml.Namespace, StatementXml.Root, new KeyedStatement(content, KeyId), StatementXml.Shape);
        return Signed(statement, StatementEnd);
    }

    /// <summary>Releases the key handles.</summary>
    public void Dispose()
    {
        while (_keys.TryTake(out var key)) key.Dispose();
    }

    byte[] Signed(byte[] document, byte[] rootEnd)
    {
        var signedInfo = SignedInfo(document);
        var signatureValue = SignatureValue(Encoding.UTF8.GetBytes(signedInfo));
        var signature = $"<Signature xmlns=\"{DsigNames.Namespace}\">{signedInfo}"
            + $"<SignatureValue>{signatureValue}</SignatureValue>{_keyInfo}</Signature>";
        return [.. document.AsSpan(..^rootEnd.Length), .. Encoding.UTF8.GetBytes(signature), .. rootEnd];
    }

    // XML Signature 4.4: the canonical form, with the namespace that it inherits and end tags for empty elements. URI="" is the whole
    // document, of which the enveloped-signature transform leaves out the signature itself: exactly the bytes before it was put in.
    string SignedInfo(byte[] document) =>
        $"<SignedInfo xmlns=\"{DsigNames.Namespace}\">"
        + $"<CanonicalizationMethod Algorithm=\"{DsigNames.ExclusiveC14n}\"></CanonicalizationMethod>"
        + $"<SignatureMethod Algorithm=\"{_algorithm.Uri}\"></SignatureMethod>"
        + "<Reference URI=\"\"><Transforms>"
        + $"<Transform Algorithm=\"{DsigNames.EnvelopedSignature}\"></Transform>"
        + $"<Transform Algorithm=\"{DsigNames.ExclusiveC14n}\"></Transform>"
        + "</Transforms>"
        + $"<DigestMethod Algorithm=\"{DsigNames.Sha256}\"></DigestMethod>"
        + $"<DigestValue>{Convert.ToBase64String(SHA256.HashData(document))}</DigestValue>"
        + "</Reference></SignedInfo>";

    string SignatureValue(byte[] signedInfo)
    {
        if (!_keys.TryTake(out var key)) key = SignatureAlgorithm.PrivateKey(_certificate);
        try
        {
            return Convert.ToBase64String(_algorithm.Sign(key, signedInfo));
        }
        finally
        {
            _keys.Add(key);
        }
    }
}
