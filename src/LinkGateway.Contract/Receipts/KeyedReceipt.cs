using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Receipts;

/// <summary>What the signature covers: the receipt and the id of the key that signs it.</summary>
sealed record KeyedReceipt(ReceiptContent Content, Sha256Digest KeyId);
