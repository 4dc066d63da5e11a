using LinkGateway.Contract.Messages;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Receipts;

/// <summary>How a receipt in the journal travels.</summary>
static class ReceiptRecordExtensions
{
    /// <summary>The receipt with its plain fields beside the signed bytes.</summary>
    public static ReceiptEntry ToEntry(this ReceiptRecord receipt) => ReceiptEntry.From(receipt.Content, receipt.Document.ToArray());
}
