using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Receipts;

/// <summary>How a receipt in the journal travels.</summary>
static class ReceiptRecordExtensions
{
    /// <summary>Whether the receipt states the manifest of the transfer; those of the time before the contract was frozen too.</summary>
    public static bool HasManifestOf(this ReceiptContent content, TransferRecord transfer) =>
        content.ManifestDigest == transfer.ManifestDigest || ManifestDigest.Fits(content.ManifestDigest, transfer.Manifest);

    /// <summary>The receipt with its plain fields beside the signed bytes.</summary>
    public static ReceiptEntry ToEntry(this ReceiptRecord receipt) => ReceiptEntry.From(receipt.Content, receipt.Document.ToArray());
}
