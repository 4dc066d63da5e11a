using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Receipts;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// Checks the entry gateway's accepted receipt that every forward carries: it binds the file's digest to the chunk root, so that later
/// hops verify chunks only (DESIGN section 4, item 7).
/// </summary>
sealed class EntryReceipts(CoreServices services)
{
    /// <summary>Why the document is not accepted for these bytes; null when it is.</summary>
    public Refusal? Check(TransferRecord transfer, PayloadFacts facts, byte[]? document)
    {
        if (document is null) return new Refusal(ErrorCatalogue.FieldMissing, "entryReceiptDocument");
        if (services.Verifier.Verify(document, out var reason) is not { } content)
            return new Refusal(ErrorCatalogue.EntryReceiptInvalid, reason);
        return FirstMismatch(content, transfer, facts) is { } field
            ? new Refusal(ErrorCatalogue.EntryReceiptInvalid, $"it does not fit the transfer in {field}")
            : null;
    }

    /// <summary>
    /// Whether the document is of this transfer and of a file with the size and digest that a forward states: then what is held here and
    /// does not fit is of other bytes.
    /// </summary>
    public bool IsOfFile(TransferRecord transfer, long size, Sha256Digest sha256, byte[]? document) =>
        document is not null && services.Verifier.Verify(document, out _) is { } content
            && FirstMismatch(content, transfer, new PayloadFacts(size, sha256, content.Root)) is null;

    static string? FirstMismatch(ReceiptContent content, TransferRecord transfer, PayloadFacts facts)
    {
        if (content.Kind != ReceiptKind.Accepted || content.Receiver.Length > 0) return "kind";
        if (content.Issuer != transfer.Hops[0]) return "issuer";
        if (content.Origin != transfer.Identity.Origin) return "origin";
        if (content.TransferId != transfer.Identity.TransferId) return "transferId";
        if (!content.HasManifestOf(transfer)) return "manifestDigest";
        if (content.Environment != transfer.Manifest.Environment) return "environment";
        if (content.Size != facts.Size) return "size";
        if (content.ChunkSize != transfer.ChunkSize) return "chunkSize";
        if (content.Root != facts.Root) return "root";
        return content.Sha256 != facts.Sha256 ? "sha256" : null;
    }
}
