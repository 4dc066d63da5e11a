using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Statements;
using LinkGateway.Core.Receipts;

namespace LinkGateway.Server.Receipts;

/// <summary>Signs with the gateway's own receipt certificate. Thread-safe.</summary>
/// <param name="signer">The key.</param>
sealed class GatewayReceiptSigner(ReceiptSigner signer) : IReceiptSigner
{
    public byte[] Sign(ReceiptContent content) => signer.Sign(content);

    public byte[] Sign(StatementContent content) => signer.Sign(content);
}
