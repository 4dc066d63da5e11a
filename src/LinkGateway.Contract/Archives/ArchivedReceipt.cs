namespace LinkGateway.Contract.Archives;

/// <summary>A receipt as an archive keeps it.</summary>
public sealed record ArchivedReceipt
{
    /// <summary>Its id.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>accepted, validated, delivered or applied.</summary>
    public required string Kind { get; init; }

    /// <summary>The gateway that issued it.</summary>
    public required string Issuer { get; init; }

    /// <summary>The delivery that it is about; null for the transfer as a whole.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>The exact bytes, which verify.</summary>
    public required byte[] Document { get; init; }
}
