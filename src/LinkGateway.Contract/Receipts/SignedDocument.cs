using System.Security.Cryptography.X509Certificates;
using System.Xml;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Receipts;

/// <summary>A signed document of any shape; the rules stand at <see cref="ReceiptVerifier"/>.</summary>
static class SignedDocument
{
    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Verifies a document.</summary>
    /// <param name="document">The exact bytes.</param>
    /// <param name="most">The largest document that is looked at, in bytes.</param>
    /// <param name="rootOf">The root element expected, by the namespace found.</param>
    /// <param name="shape">What is in it.</param>
    /// <param name="keyOf">The key that it names.</param>
    /// <param name="trusted">The certificates whose documents are believed.</param>
    /// <returns>The verdict, why, and the content, which is null unless valid.</returns>
    public static (ReceiptVerdict Verdict, string Reason, T? Content) Verify<T>(
        ReadOnlyMemory<byte> document, int most, Func<string, XmlQualifiedName> rootOf, Shape<T> shape, Func<T, Sha256Digest> keyOf,
        IReadOnlyCollection<X509Certificate2> trusted)
        where T : class
    {
        if (document.Length > most) return (ReceiptVerdict.Malformed, $"more than {most} bytes", null);
        try
        {
            return Judge(Parse(document), rootOf, shape, keyOf, trusted);
        }
        catch (XmlException e)
        {
            return (ReceiptVerdict.Malformed, e.Message, null);
        }
    }

    static (ReceiptVerdict, string, T?) Judge<T>(
        XmlDocument document, Func<string, XmlQualifiedName> rootOf, Shape<T> shape, Func<T, Sha256Digest> keyOf,
        IReadOnlyCollection<X509Certificate2> trusted)
        where T : class
    {
        if (document.SelectSingleNode("//comment() | //processing-instruction()") is not null)
            return (ReceiptVerdict.WrongShape, "comments and processing instructions are not allowed", null);

        var detached = EnvelopedSignature.Detach(document);
        if (detached.Signature is not { } signature) return (ReceiptVerdict.WrongShape, detached.Problem, null);

        using var reader = new XmlNodeReader(document);
        reader.MoveToContent();
        var read = FieldReader.Read(reader, rootOf(reader.NamespaceURI), shape, TimeZoneInfo.Utc);
        if (!read.Succeeded) return (ReceiptVerdict.WrongShape, read.Refusal.ToString(), null);

        var key = keyOf(read.Value);
        if (trusted.FirstOrDefault(candidate => ReceiptKeyId.Of(candidate) == key) is not { } certificate)
            return (ReceiptVerdict.NotTrusted, $"key {key} is not among the trusted certificates", null);

        return signature.FindFlaw(document, certificate) is { } flaw
            ? (ReceiptVerdict.Tampered, flaw, null)
            : (ReceiptVerdict.Valid, "", read.Value);
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
