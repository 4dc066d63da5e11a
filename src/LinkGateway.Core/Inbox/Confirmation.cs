using LinkGateway.Contract.Messages;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Inbox;

/// <summary>What a confirmation comes to.</summary>
/// <param name="Batch">What is to be entered for it.</param>
/// <param name="Row">The delivery's row as it is then.</param>
/// <param name="Document">The receipt with which it is answered; null for none.</param>
sealed record Confirmation(JournalBatch Batch, DeliveryRecord Row, ReadOnlyMemory<byte>? Document)
{
    /// <summary>Whether nothing is new.</summary>
    public bool IsRepeated => Batch.Deliveries.Count == 0 && Batch.Receipts.Count == 0;

    /// <summary>The answer.</summary>
    public ConfirmReceiptResult Result => new() { State = $"{Row.State}", ReceiptDocument = Document?.ToArray() };
}
