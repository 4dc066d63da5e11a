using LinkGateway.Contract.Receipts;

namespace LinkGateway.Core.Receipts;

/// <summary>Verifies receipts of other gateways against the certificates configured for them. Thread-safe.</summary>
public interface IReceiptVerifier
{
    /// <summary>
    /// What the document states, when it is signed by the gateway that it names as issuer and that gateway is trusted; else null.
    /// </summary>
    /// <param name="document">The bytes as they came.</param>
    /// <param name="reason">Why not, for the sender; empty when it verifies.</param>
    ReceiptContent? Verify(ReadOnlyMemory<byte> document, out string reason);
}
