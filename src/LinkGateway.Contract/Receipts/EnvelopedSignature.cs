using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace LinkGateway.Contract.Receipts;

/// <summary>The signature of a receipt, taken out of its document.</summary>
/// <remarks>
/// With the shape fixed, verifying is two canonicalisations, one digest and one signature check; <see cref="SignedXml"/> would need its
/// algorithms registered for the whole process, and follows references and transforms that a receipt must not have.
/// </remarks>
sealed class EnvelopedSignature
{
    readonly SignatureAlgorithm _algorithm;
    readonly byte[] _signedInfo;
    readonly byte[] _digest;
    readonly byte[] _value;

    EnvelopedSignature(SignatureAlgorithm algorithm, byte[] signedInfo, byte[] digest, byte[] value) =>
        (_algorithm, _signedInfo, _digest, _value) = (algorithm, signedInfo, digest, value);

    /// <summary>Removes the signature from the document, or says what is wrong with its shape.</summary>
    public static (EnvelopedSignature? Signature, string Problem) Detach(XmlDocument document)
    {
        var root = document.DocumentElement!;
        var signatures = document.GetElementsByTagName("Signature", DsigNames.Namespace);
        if (signatures.Count != 1) return (null, $"{signatures.Count} signatures instead of one");

        var element = (XmlElement)signatures[0]!;
        if (element.ParentNode != root || Elements(root)[^1] != element) return (null, "the signature is not the last child of the root");
        if (Elements(element) is not [var signedInfo, var value, .. { Length: <= 1 } keyInfo]
            || !Is(signedInfo, "SignedInfo") || !IsBare(value, "SignatureValue") || !keyInfo.All(info => Is(info, "KeyInfo")))
            return (null, "the signature is not SignedInfo, SignatureValue and KeyInfo");

        if (Elements(signedInfo) is not [var canonicalization, var method, var reference]
            || !Is(canonicalization, "CanonicalizationMethod", DsigNames.ExclusiveC14n))
            return (null, "SignedInfo is not one reference in exclusive c14n");
        if (!IsBare(method, "SignatureMethod") || SignatureAlgorithm.Find(method.GetAttribute("Algorithm")) is not { } algorithm)
            return (null, "the signature method is not among the listed ones");
        if (FindDigestValue(reference) is not { } digestValue)
            return (null, "the reference is not the whole document, enveloped, in exclusive c14n, with SHA-256");
        if (FromBase64(digestValue) is not { } digest || FromBase64(value) is not { } signature)
            return (null, "a digest or signature value is not base64");

        var canonicalSignedInfo = Canonical(signedInfo);
        root.RemoveChild(element);
        return (new EnvelopedSignature(algorithm, canonicalSignedInfo, digest, signature), "");
    }

    /// <summary>Null when the signature is the certificate's over this document; otherwise what is wrong.</summary>
    /// <param name="document">The document without its signature.</param>
    /// <param name="certificate">The certificate that must have made it.</param>
    public string? FindFlaw(XmlDocument document, X509Certificate2 certificate)
    {
        if (!_algorithm.Verify(certificate, _signedInfo, _value)) return "the signature is not the key's";
        return SHA256.HashData(Canonical(document)).AsSpan().SequenceEqual(_digest) ? null : "the content was changed";
    }

    static XmlElement? FindDigestValue(XmlElement reference)
    {
        var whole = Is(reference, "Reference")
            && reference.Attributes is { Count: 1 } attributes && attributes[0] is { Name: "URI", Value: "" };
        if (!whole || Elements(reference) is not [var transforms, var method, var value]) return null;

        return Is(transforms, "Transforms")
            && Elements(transforms) is [var first, var second]
            && Is(first, "Transform", DsigNames.EnvelopedSignature)
            && Is(second, "Transform", DsigNames.ExclusiveC14n)
            && Is(method, "DigestMethod", DsigNames.Sha256)
            && IsBare(value, "DigestValue")
            ? value
            : null;
    }

    static XmlElement[] Elements(XmlElement parent) => [.. parent.ChildNodes.OfType<XmlElement>()];

    static bool Is(XmlElement element, string name) => element.LocalName == name && element.NamespaceURI == DsigNames.Namespace;

    static bool Is(XmlElement element, string name, string algorithm) =>
        IsBare(element, name) && element.GetAttribute("Algorithm") == algorithm;

    // Parameters such as InclusiveNamespaces, HMACOutputLength or an XPath would change what is signed; and canonicalisation recurses, so
    // that elements nested deep enough in a value would make it throw.
    static bool IsBare(XmlElement element, string name) => Is(element, name) && Elements(element).Length == 0;

    static byte[]? FromBase64(XmlElement element)
    {
        try
        {
            return Convert.FromBase64String(element.InnerText);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // OuterXml carries the namespaces that the element inherits.
    static byte[] Canonical(XmlElement element)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(element.OuterXml);
        return Canonical(document);
    }

    static byte[] Canonical(XmlDocument document)
    {
        var transform = new XmlDsigExcC14NTransform();
        transform.LoadInput(document);
        using var canonical = (MemoryStream)transform.GetOutput(typeof(Stream));
        return canonical.ToArray();
    }
}
