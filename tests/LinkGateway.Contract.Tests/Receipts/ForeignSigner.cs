using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace LinkGateway.Contract.Tests.Receipts;

/// <summary>Signs any XML with <see cref="SignedXml"/>, as another implementation would, or an attacker who holds a key.</summary>
static class ForeignSigner
{
    public const string RsaSha256 = SignedXml.XmlDsigRSASHA256Url;

    /// <summary>Signs as receipts are signed, after <paramref name="bend"/> has changed what it likes.</summary>
    public static byte[] Sign(string xml, X509Certificate2 rsaCertificate, Action<SignedXml, Reference>? bend = null)
    {
        var document = Load(xml);
        using var key = rsaCertificate.GetRSAPrivateKey()!;
        var signed = new SignedXml(document) { SigningKey = key };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = RsaSha256;
        var reference = new Reference("") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
        bend?.Invoke(signed, reference);
        signed.ComputeSignature();
        document.DocumentElement!.AppendChild(document.ImportNode(signed.GetXml(), deep: true));
        return Encoding.UTF8.GetBytes(document.OuterXml);
    }

    /// <summary>Verifies a document as another implementation would, with the certificate given.</summary>
    public static bool Verify(byte[] document, X509Certificate2 certificate)
    {
        var xml = Load(Encoding.UTF8.GetString(document));
        var signed = new SignedXml(xml);
        signed.LoadXml((XmlElement)xml.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)[0]!);
        return signed.CheckSignature(certificate, verifySignatureOnly: true);
    }

    static XmlDocument Load(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(xml);
        return document;
    }
}
