using System.Security.Cryptography.X509Certificates;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Client.Receiving;

/// <summary>Whether the entry gateway has signed for exactly this file and manifest.</summary>
static class EntryReceiptCheck
{
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? FlawIn(InboxItem item, IReadOnlyList<X509Certificate2> trust)
    {
        var verified = ReceiptVerifier.Verify(item.AcceptedReceiptDocument, trust);
        if (!verified.IsValid) return $"The accepted receipt cannot be relied on: {verified.Reason}.";
        var content = verified.Content;
        if (content.Kind != ReceiptKind.Accepted) return $"The receipt is one of {content.Kind}.";
        return FirstDifference(item, content) is { } field ? $"The accepted receipt is of another file: {field} differs." : null;
    }

    static string? FirstDifference(InboxItem item, ReceiptContent content)
    {
        if (content.Origin != item.Origin) return "origin";
        if (content.TransferId != item.TransferId) return "transferId";
        if (content.Size != item.Size) return "size";
        if (content.Sha256 != item.Sha256) return "sha256";
        if (content.ChunkSize != item.ChunkSize) return "chunkSize";
        if (content.Root != item.Root) return "root";
        return ManifestDigest.Fits(content.ManifestDigest, item.Manifest) ? null : "manifest";
    }
}
