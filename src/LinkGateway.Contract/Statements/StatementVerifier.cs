using System.Security.Cryptography.X509Certificates;
using System.Xml;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Statements;

/// <summary>Verifies statements against given certificates, by the rules of <see cref="ReceiptVerifier"/>. Thread-safe.</summary>
public static class StatementVerifier
{
    /// <summary>The largest document that is looked at, in bytes.</summary>
    public const int MaxDocumentBytes = 8 * 1024 * 1024;

    static readonly XmlQualifiedName Root = new(StatementXml.Root, StatementXml.Namespace);

    /// <summary>Verifies a statement.</summary>
    /// <param name="document">The exact bytes.</param>
    /// <param name="trusted">The certificates of the gateway's receipts, old ones included.</param>
    public static StatementVerification Verify(ReadOnlyMemory<byte> document, IReadOnlyCollection<X509Certificate2> trusted)
    {
        var (verdict, reason, statement) = SignedDocument.Verify(
            document, MaxDocumentBytes, _ => Root, StatementXml.Shape, keyed => keyed.KeyId, trusted);
        return new StatementVerification(verdict, reason, statement?.Content);
    }
}
