using LinkGateway.Contract.Receipts;

namespace LinkGateway.Client.Receiving;

/// <summary>A receipt that the gateway issued on our word.</summary>
/// <param name="TransferId">The origin's id of the transfer.</param>
/// <param name="DeliveryId">Id of the delivery at the gateway.</param>
/// <param name="Kind">Delivered or applied.</param>
/// <param name="Document">The document, byte for byte.</param>
public sealed record IssuedReceipt(string TransferId, string DeliveryId, ReceiptKind Kind, ReadOnlyMemory<byte> Document);
