using LinkGateway.Contract.Receipts;

namespace LinkGateway.Core.Receipts;

/// <summary>Signs receipts with the gateway's key. Thread-safe; called in parallel.</summary>
public interface IReceiptSigner
{
    /// <summary>The signed document, exactly as it will travel.</summary>
    byte[] Sign(ReceiptContent content);
}
