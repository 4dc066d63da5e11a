using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of ConfirmReceipt.</summary>
public sealed record ConfirmReceiptResult
{
    /// <summary><see cref="States.DeliveryState"/> by name, from now on.</summary>
    public required string State { get; init; }

    /// <summary>
    /// The receipt that the gateway issued from it, byte for byte; null where a gateway confirmed by receipts of its own.
    /// </summary>
    public byte[]? ReceiptDocument { get; init; }

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}
