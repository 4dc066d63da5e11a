using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Statements;

namespace LinkGateway.Core.Receipts;

/// <summary>Signs receipts with the gateway's key. Thread-safe; called in parallel.</summary>
public interface IReceiptSigner
{
    /// <summary>The signed document, exactly as it will travel.</summary>
    byte[] Sign(ReceiptContent content);

    /// <summary>The signed statement, exactly as it is kept.</summary>
    byte[] Sign(StatementContent content);
}
